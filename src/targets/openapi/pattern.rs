//! The portable subset of regular expressions: reads one, says whether a text matches it, and writes a short text that does.

/// How many steps a match may take before it counts as failed.
const MOST_STEPS: u32 = 20_000;
/// How many characters an example may have.
const LONGEST: usize = 400;
/// How deep groups may nest.
const DEEPEST: u32 = 32;

/// A pattern for a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    ways: Vec<Vec<Piece>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    item: Item,
    least: u32,
    most: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// One of these letters.
    Set { ranges: Vec<(char, char)>, negated: bool },
    /// One of several sequences.
    Group(Vec<Vec<Piece>>),
}

impl Pattern {
    /// Reads a pattern; `None` where it uses more than the subset.
    pub fn read(source: &str) -> Option<Pattern> {
        let mut reader = Reader { letters: source.trim_start_matches('^').trim_end_matches('$').chars().collect(), at: 0 };
        let ways = reader.ways(0)?;
        (reader.at == reader.letters.len()).then_some(Pattern { ways })
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let mut steps = 0;
        one_of(&self.ways, &letters, &mut steps, &mut |rest| rest.is_empty())
    }

    /// A short text that matches, of at least so many characters if the pattern allows it.
    pub fn example(&self, least: usize) -> Option<String> {
        (0..=least as u32).map(|extra| self.example_with(extra)).find(|text| text.chars().count() >= least)
    }

    /// A short text; repeated letters stand up to `extra` times more often than they must.
    fn example_with(&self, extra: u32) -> String {
        let mut text = String::new();
        if let Some(way) = self.ways.first() {
            write(way, extra, &mut text);
        }
        text
    }
}

fn write(pieces: &[Piece], extra: u32, text: &mut String) {
    for Piece { item, least, most } in pieces {
        let times = least.saturating_add(extra).min(most.unwrap_or(u32::MAX));
        for _ in 0..times {
            if text.len() > LONGEST {
                return;
            }
            match item {
                Item::Set { ranges, negated } => text.push(letter_of(ranges, *negated)),
                Item::Group(ways) => {
                    if let Some(way) = ways.first() {
                        write(way, extra, text);
                    }
                }
            }
        }
    }
}

fn letter_of(ranges: &[(char, char)], negated: bool) -> char {
    let inside = |letter: char| ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter));
    let friendly = "aA1".chars().find(|letter| inside(*letter) != negated);
    friendly
        .or_else(|| if negated { (' '..='~').find(|letter| !inside(*letter)) } else { None })
        .unwrap_or_else(|| ranges.first().map_or('x', |(from, _)| *from))
}

type Next<'n> = &'n mut dyn FnMut(&[char]) -> bool;

fn one_of(ways: &[Vec<Piece>], letters: &[char], steps: &mut u32, next: Next<'_>) -> bool {
    ways.iter().any(|way| sequence(way, letters, steps, next))
}

fn sequence(pieces: &[Piece], letters: &[char], steps: &mut u32, next: Next<'_>) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return next(letters) };
    repeat(first, 0, rest, letters, steps, next)
}

/// Takes a piece as often as possible, then less often, and goes on.
fn repeat(piece: &Piece, taken: u32, rest: &[Piece], letters: &[char], steps: &mut u32, next: Next<'_>) -> bool {
    *steps += 1;
    if *steps > MOST_STEPS {
        return false;
    }
    if piece.most.is_none_or(|most| taken < most) {
        let more = match &piece.item {
            Item::Set { ranges, negated } => letters.split_first().is_some_and(|(letter, after)| {
                let inside = ranges.iter().any(|(from, to)| (*from..=*to).contains(letter));
                inside != *negated && repeat(piece, taken + 1, rest, after, steps, next)
            }),
            Item::Group(ways) => {
                // The continuation counts its own steps: the total stays bounded by the recursion's own guard.
                let mut inner = *steps;
                let found = one_of(ways, letters, &mut inner, &mut |after| {
                    after.len() < letters.len() && repeat(piece, taken + 1, rest, after, steps, next)
                });
                *steps = (*steps).max(inner);
                found
            }
        };
        if more {
            return true;
        }
    }
    taken >= piece.least && sequence(rest, letters, steps, next)
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, letter: char) -> bool {
        let found = self.peek() == Some(letter);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    fn ways(&mut self, depth: u32) -> Option<Vec<Vec<Piece>>> {
        if depth > DEEPEST {
            return None;
        }
        let mut ways = vec![Vec::new()];
        while let Some(letter) = self.peek().filter(|letter| *letter != ')') {
            if letter == '|' {
                self.at += 1;
                ways.push(Vec::new());
                continue;
            }
            let item = self.item(depth)?;
            let (least, most) = self.quantity()?;
            ways.last_mut()?.push(Piece { item, least, most });
        }
        Some(ways)
    }

    fn item(&mut self, depth: u32) -> Option<Item> {
        match self.next()? {
            '(' => {
                if self.take('?') && !self.take(':') {
                    return None;
                }
                let ways = self.ways(depth + 1)?;
                self.take(')').then_some(Item::Group(ways))
            }
            '[' => self.set(),
            '.' => Some(Item::Set { ranges: vec![('\n', '\n')], negated: true }),
            '\\' => {
                let letter = self.next()?;
                Some(Item::Set { ranges: class(letter).or_else(|| literal(letter))?, negated: false })
            }
            '*' | '+' | '?' | '{' | '}' | '^' | '$' => None,
            letter => Some(Item::Set { ranges: vec![(letter, letter)], negated: false }),
        }
    }

    fn set(&mut self) -> Option<Item> {
        let negated = self.take('^');
        let mut ranges = Vec::new();
        loop {
            let from = match self.next()? {
                ']' => return Some(Item::Set { ranges, negated }),
                '\\' => {
                    let letter = self.next()?;
                    if let Some(class) = class(letter) {
                        ranges.extend(class);
                        continue;
                    }
                    literal(letter)?.first()?.0
                }
                letter => letter,
            };
            let is_range = self.peek() == Some('-') && self.letters.get(self.at + 1).is_some_and(|after| *after != ']');
            if !is_range {
                ranges.push((from, from));
                continue;
            }
            self.at += 1;
            let to = match self.next()? {
                '\\' => self.next().and_then(literal)?.first()?.0,
                letter => letter,
            };
            ranges.push((from, to));
        }
    }

    fn quantity(&mut self) -> Option<(u32, Option<u32>)> {
        let quantity = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let least = self.number()?;
                let most =
                    if self.take(',') { if self.peek() == Some('}') { None } else { Some(self.number()?) } } else { Some(least) };
                return self.take('}').then_some((least, most));
            }
            _ => return Some((1, Some(1))),
        };
        self.at += 1;
        Some(quantity)
    }

    fn number(&mut self) -> Option<u32> {
        let start = self.at;
        while self.peek().is_some_and(|letter| letter.is_ascii_digit()) {
            self.at += 1;
        }
        self.letters.get(start..self.at)?.iter().collect::<String>().parse().ok()
    }
}

/// A class of letters by its letter.
fn class(letter: char) -> Option<Vec<(char, char)>> {
    match letter {
        'd' => Some(vec![('0', '9')]),
        'w' => Some(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        's' => Some(vec![(' ', ' '), ('\t', '\r')]),
        _ => None,
    }
}

/// An escaped letter that stands for itself.
fn literal(letter: char) -> Option<Vec<(char, char)>> {
    (!letter.is_alphanumeric()).then(|| vec![(letter, letter)])
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn examples_match_their_pattern() {
        let sources = [
            "[0-9]{5}",
            "(0[1-9]|[1-9][0-9])[0-9]{3}",
            "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}",
            "[A-Za-z0-9._%+\\-]+@[A-Za-z0-9.\\-]+\\.[A-Za-z]{1,63}",
            "[1-9][0-9]{10}",
            "\\d{3}(-\\w+)*",
            "[^a]b?",
        ];
        for source in sources {
            let pattern = Pattern::read(source).expect(source);
            let example = pattern.example(0).expect(source);
            assert!(pattern.matches(&example), "{source}: {example}");
        }
    }

    #[test]
    fn whole_texts_match() {
        let pattern = Pattern::read("(0[1-9]|[1-9][0-9])[0-9]{3}").expect("subset");
        assert!(pattern.matches("99084"));
        assert!(!pattern.matches("990845"));
        assert!(!pattern.matches("00123"));
        let mail = Pattern::read("[A-Za-z0-9._%+\\-]+@[A-Za-z0-9.\\-]+\\.[A-Za-z]{1,63}").expect("subset");
        assert!(mail.matches("anna.wagner@example.org"));
        assert!(!mail.matches("anna.wagner@example"));
        assert!(Pattern::read("(?=a)").is_none());
    }
}
