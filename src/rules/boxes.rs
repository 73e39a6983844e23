//! Exact table algebra: rows are boxes over finitely many cells a column; gaps, overlaps and dead rows by subtraction.
//!
//! A column's domain is cut at every value that the table names, so that each cell is either wholly inside a row or wholly outside
//! (see [`domain`](super::domain)). What remains is arithmetic on small sets, exact whatever the type of the column.

/// A set of the cells of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSet {
    words: Vec<u64>,
}

impl CellSet {
    /// No cell of a column with `size` cells.
    pub fn empty(size: usize) -> CellSet {
        CellSet { words: vec![0; size.div_ceil(64)] }
    }

    /// All cells of a column with `size` cells.
    pub fn full(size: usize) -> CellSet {
        CellSet::filled(size, |_| true)
    }

    /// The cells for which `chosen` is true.
    pub fn filled(size: usize, mut chosen: impl FnMut(usize) -> bool) -> CellSet {
        let mut set = CellSet::empty(size);
        for cell in 0..size {
            if chosen(cell)
                && let Some(word) = set.words.get_mut(cell / 64)
            {
                *word |= 1 << (cell % 64);
            }
        }
        set
    }

    /// Whether it holds no cell.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether it holds this cell.
    pub fn contains(&self, cell: usize) -> bool {
        self.words.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    /// Its cells in order.
    pub fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len() * 64).filter(|cell| self.contains(*cell))
    }

    fn both(&self, other: &CellSet) -> CellSet {
        CellSet { words: self.words.iter().zip(&other.words).map(|(left, right)| left & right).collect() }
    }

    fn without(&self, other: &CellSet) -> CellSet {
        CellSet { words: self.words.iter().zip(&other.words).map(|(left, right)| left & !right).collect() }
    }
}

/// A box: one set of cells a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// By column.
    pub columns: Vec<CellSet>,
}

impl Region {
    /// The whole domain of columns with these numbers of cells.
    pub fn whole(sizes: &[usize]) -> Region {
        Region { columns: sizes.iter().map(|size| CellSet::full(*size)).collect() }
    }

    /// Whether no point lies in it.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().any(CellSet::is_empty)
    }

    /// What lies in both, if anything.
    pub fn meet(&self, other: &Region) -> Option<Region> {
        let columns = self.columns.iter().zip(&other.columns).map(|(left, right)| left.both(right)).collect();
        let met = Region { columns };
        (!met.is_empty()).then_some(met)
    }

    /// What lies in this box but not in the other: at most one box a column, none of them touching another.
    pub fn minus(&self, other: &Region) -> Vec<Region> {
        if self.meet(other).is_none() {
            return vec![self.clone()];
        }
        let mut rest = self.clone();
        let mut pieces = Vec::new();
        for (index, taken) in other.columns.iter().enumerate() {
            let Some(column) = rest.columns.get(index).cloned() else { break };
            let outside = column.without(taken);
            if !outside.is_empty() {
                let mut piece = rest.clone();
                if let Some(place) = piece.columns.get_mut(index) {
                    *place = outside;
                }
                pieces.push(piece);
            }
            if let Some(place) = rest.columns.get_mut(index) {
                *place = column.both(taken);
            }
        }
        pieces
    }
}

/// More boxes than this are not kept at once.
const MOST_BOXES: usize = 20_000;

/// More steps than this are not taken to find one gap.
const MOST_STEPS: usize = 400_000;

/// The table is too intricate to be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooIntricate;

/// What of `region` no row covers, as boxes that do not touch.
pub fn uncovered(region: Region, rows: &[Region]) -> Result<Vec<Region>, TooIntricate> {
    let mut open = if region.is_empty() { Vec::new() } else { vec![region] };
    for row in rows {
        open = open.iter().flat_map(|region| region.minus(row)).collect();
        if open.len() > MOST_BOXES {
            return Err(TooIntricate);
        }
    }
    Ok(open)
}

/// Pairs of rows that share points, with what they share.
pub fn overlaps(rows: &[Region]) -> Vec<(usize, usize, Region)> {
    let mut found = Vec::new();
    for (later, row) in rows.iter().enumerate() {
        for (earlier, other) in rows.iter().enumerate().take(later) {
            if let Some(shared) = other.meet(row) {
                found.push((earlier, later, shared));
            }
        }
    }
    found
}

/// The rows that never apply, because the rows before them take all they cover, or because they cover nothing. A row of which that
/// can't be found out is not among them.
pub fn dead(rows: &[Region]) -> Vec<usize> {
    let is_dead = |index: &usize| {
        let (before, row) = (rows.get(..*index).unwrap_or_default(), rows.get(*index));
        row.is_some_and(|row| first_uncovered(row.clone(), before, |_| true) == Ok(None))
    };
    (0..rows.len()).filter(is_dead).collect()
}

/// Some box of `region` that no row covers and that is accepted; boxes are tried one by one, so that a gap in a large table is found
/// without listing them all.
pub fn first_uncovered(
    region: Region,
    rows: &[Region],
    mut accept: impl FnMut(&Region) -> bool,
) -> Result<Option<Region>, TooIntricate> {
    let mut open = if region.is_empty() { Vec::new() } else { vec![(region, 0)] };
    let mut steps = 0;
    while let Some((region, from)) = open.pop() {
        steps += 1;
        if steps > MOST_STEPS {
            return Err(TooIntricate);
        }
        let next = rows.iter().enumerate().skip(from).find(|(_, row)| row.meet(&region).is_some());
        match next {
            Some((index, row)) => open.extend(region.minus(row).into_iter().map(|piece| (piece, index + 1))),
            None if accept(&region) => return Ok(Some(region)),
            None => {}
        }
    }
    Ok(None)
}
