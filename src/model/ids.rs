//! Newtype ids and the arenas they index. An id belongs to the arena that gave it.

use std::marker::PhantomData;

/// An index that only fits its own arena.
pub trait Id: Copy {
    /// The id of the n-th item.
    fn from_index(index: usize) -> Self;
    /// Which item it is.
    fn index(self) -> usize;
}

/// Items in the order of their declaration, found by their id.
#[derive(Debug, Clone, PartialEq)]
pub struct Arena<I, T> {
    items: Vec<T>,
    id: PhantomData<fn() -> I>,
}

impl<I, T> Default for Arena<I, T> {
    fn default() -> Self {
        Arena { items: Vec::new(), id: PhantomData }
    }
}

impl<I: Id, T> Arena<I, T> {
    /// Adds an item and gives its id.
    pub fn add(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_index(self.items.len() - 1)
    }

    /// Gives back the room for items that won't come.
    pub fn shrink_to_fit(&mut self) {
        self.items.shrink_to_fit();
    }

    /// The item, if the id is of this arena.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The item, to complete it while the model is built.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.index())
    }

    /// The first item that satisfies a test, to complete it while the model is built.
    pub fn find_mut(&mut self, test: impl Fn(&T) -> bool) -> Option<&mut T> {
        self.items.iter_mut().find(|item| test(item))
    }

    /// All items with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(index, item)| (I::from_index(index), item))
    }

    /// All items, in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<'a, I, T> IntoIterator for &'a Arena<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Arena<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

/// An id comes from its own arena, so it always finds its item.
impl<I: Id, T> std::ops::Index<I> for Arena<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A law.
    LawId,
    /// A Land.
    LandId,
    /// A county or municipality.
    MunicipalityId,
    /// An authority.
    AuthorityId,
    /// A closed list of options.
    ChoiceId,
    /// A constrained simple type.
    ScalarId,
    /// A compound type.
    GroupId,
    /// A dated parameter.
    ParameterId,
    /// A register.
    RegisterId,
    /// A kind of evidence.
    EvidenceId,
    /// A user account.
    AccountId,
    /// A participant of one procedure.
    ParticipantId,
    /// A datum of one procedure.
    DatumId,
    /// A page of one procedure.
    PageId,
    /// A deadline of one procedure.
    DeadlineId,
    /// A computed value of one procedure.
    RuleId,
    /// A decision table of one procedure.
    DecisionId,
    /// A precondition of one procedure.
    PreconditionId,
    /// A notice of one procedure.
    NoticeId,
}
