//! Sets of small numbers: which data are known, asked, delivered.

/// A set of small numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Set {
    /// INVARIANT: the last word is not zero, so that equal sets are equal.
    words: Vec<u64>,
}

impl Set {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many it holds.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it holds a number.
    pub fn contains(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Adds a number.
    pub fn insert(&mut self, number: usize) {
        if self.words.len() <= number / 64 {
            self.words.resize(number / 64 + 1, 0);
        }
        if let Some(word) = self.words.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Its numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.checked_sub(1)?;
                Some(index * 64 + bit as usize)
            })
        })
    }

    /// Whether all of it is in another.
    pub fn is_subset(&self, other: &Set) -> bool {
        self.words.iter().enumerate().all(|(index, word)| word & !other.word(index) == 0)
    }

    /// What is in one or the other.
    pub fn union(&self, other: &Set) -> Set {
        let words = (0..self.words.len().max(other.words.len())).map(|index| self.word(index) | other.word(index));
        Set { words: words.collect() }
    }

    /// What is in both.
    pub fn both(&self, other: &Set) -> Set {
        self.minus(&self.minus(other))
    }

    /// What is in this and not in the other.
    pub fn minus(&self, other: &Set) -> Set {
        let mut words: Vec<u64> = self.words.iter().enumerate().map(|(index, word)| word & !other.word(index)).collect();
        while words.last() == Some(&0) {
            words.pop();
        }
        Set { words }
    }

    /// How much of this is not in the other.
    pub fn count_minus(&self, other: &Set) -> usize {
        self.words.iter().enumerate().map(|(index, word)| (word & !other.word(index)).count_ones() as usize).sum()
    }

    fn word(&self, index: usize) -> u64 {
        self.words.get(index).copied().unwrap_or(0)
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<T: IntoIterator<Item = usize>>(numbers: T) -> Set {
        let mut set = Set::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}
