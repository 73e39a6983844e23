//! How much room words take in a diagram. Viewers draw with whatever sans serif font there is: widths are those of a wide one (as
//! DejaVu Sans), in hundredths of the font size, so that no word breaks.

/// Words broken into lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
}

/// The size of labels beside shapes, in pixels.
pub const LABEL: i32 = 11;

/// The size of names within tasks, in pixels.
pub const TASK: i32 = 12;

/// How wide a text is on one line, in pixels, rounded up.
pub fn width(text: &str, size: i32) -> i32 {
    let hundredths: i32 = text.chars().map(letter).sum();
    (hundredths * size).div_euclid(100) + 1
}

/// The room that a text takes within a width; a longer word widens it.
pub fn block(text: &str, size: i32, most: i32) -> Block {
    let longest = text.split_whitespace().map(|word| width(word, size)).max().unwrap_or(0);
    let room = most.max(longest + 2);
    let space = width(" ", size);
    let (mut lines, mut widest, mut line) = (1, 0, 0);
    for word in text.split_whitespace() {
        let word = width(word, size);
        if line > 0 && line + space + word > room {
            lines += 1;
            line = word;
        } else {
            line += if line > 0 { space + word } else { word };
        }
        widest = widest.max(line);
    }
    // Lines stand 1.2 sizes apart.
    Block { width: widest + 4, height: (lines * size * 12 + 9) / 10 }
}

fn letter(letter: char) -> i32 {
    match letter {
        'i' | 'j' | 'l' | '\'' => 28,
        ' ' | 'I' | '.' | ',' | ':' | ';' | '|' | '/' => 34,
        'f' | 't' | '-' | '(' | ')' | '!' | 'J' => 40,
        'r' | '"' | '„' | '“' => 50,
        'c' | 's' | 'z' | 'k' | 'v' | 'x' | 'y' | 'F' | 'L' => 58,
        'm' | 'W' | '%' | '…' => 100,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'U' | 'Ü' | 'M' => 82,
        'O' | 'Q' | 'Ö' => 86,
        'A' | 'B' | 'E' | 'K' | 'P' | 'R' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' | 'Ä' => 70,
        _ => 64,
    }
}

#[cfg(test)]
mod tests {
    use super::{block, width};

    #[test]
    fn words_break_into_lines_and_long_words_widen() {
        assert_eq!(block("a a", 10, 100).height, 12);
        assert_eq!(block("aaaaaaaaaa bbbbbbbbbb", 10, 60).height, 24);
        let long = "Rechtswahrungsanzeige";
        assert!(block(long, 12, 40).width >= width(long, 12));
    }
}
