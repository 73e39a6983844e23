//! "Did you mean": the nearest known word, by edit distance, under one threshold for all rules.

/// The candidate nearest to `word`, if it is near enough to be a slip.
///
/// Distance counts insertions, deletions, replacements and swapped neighbours (optimal string alignment),
/// ignoring case and the spelling of umlauts; a third of the word may differ, at most three letters.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let limit = (folded.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Lower case, umlauts spelt out, so that `hoehe` finds `höhe`.
fn fold(word: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => folded.extend(['a', 'e']),
            'ö' => folded.extend(['o', 'e']),
            'ü' => folded.extend(['u', 'e']),
            'ß' => folded.extend(['s', 's']),
            other => folded.push(other),
        }
    }
    folded
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, right) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(left != right);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *left == b[j - 1] && a[i - 1] == *right {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        assert_eq!(nearest("verfaren", ["verfahren", "variante"]), Some("verfahren"));
        assert_eq!(nearest("hoehe", ["höhe", "höhle"]), Some("höhe"));
        assert_eq!(nearest("nahc", ["nach", "nachweis"]), Some("nach"));
        assert_eq!(nearest("xyz", ["höhe", "kind"]), None);
    }
}
