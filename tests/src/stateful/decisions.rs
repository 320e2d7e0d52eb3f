/// What the model holds for right. [`documented`](Self::documented) is what the pages
/// say and what the emulator's documentation decides; anything else is wrong, and is
/// there to show that it would be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent yes-or-no decisions"
)]
pub struct Decisions {
    /// For so long an id cannot be created again, in milliseconds: "one room id can be
    /// created once per second".
    pub creation_period: i64,
    /// Whether a refused attempt begins a new period.
    pub refusals_begin_a_period: bool,
    /// Whether the period outlives a restart.
    pub period_survives_restart: bool,
    /// So long after its end a meeting is recycled if nobody is in it, in
    /// milliseconds.
    pub recycled_after: i64,
    /// Whether a member keeps a meeting from being recycled.
    pub members_keep_a_meeting: bool,
    /// The length of a meeting whose end is not given, in seconds.
    pub meeting_length: i64,
    /// How long a meeting may be at least, in seconds.
    pub shortest_meeting: i64,
    /// How long a meeting may be at most, in seconds.
    pub longest_meeting: i64,
    /// The members and seats of a meeting unless it says otherwise: a trial package.
    pub trial_maximum: i64,
    /// Whether an id that is taken by the same owner is another refusal than one that
    /// is taken by somebody else.
    pub owner_counts: bool,
    /// Whether an id that is taken in the other product is never "yours".
    pub product_counts: bool,
    /// Whether live rooms and meetings have one namespace.
    pub one_namespace: bool,
    /// Whether the id of a Chat group is taken.
    pub groups_count: bool,
    /// Whether an update keeps what it does not name.
    pub absent_is_kept: bool,
    /// Whether an empty list in an update removes what was there.
    pub empty_list_clears: bool,
    /// Whether ids are compared byte by byte.
    pub ids_are_bytes: bool,
    /// Whether the administrators of a room may change it where only its owner and
    /// they may.
    pub administrators_may_change: bool,
}

impl Decisions {
    /// What is documented.
    pub const fn documented() -> Self {
        Self {
            creation_period: 1_000,
            refusals_begin_a_period: false,
            period_survives_restart: false,
            recycled_after: 6 * 60 * 60 * 1_000,
            members_keep_a_meeting: true,
            meeting_length: 60 * 60,
            shortest_meeting: 5 * 60,
            longest_meeting: 24 * 60 * 60,
            trial_maximum: 20,
            owner_counts: true,
            product_counts: true,
            one_namespace: true,
            groups_count: true,
            absent_is_kept: true,
            empty_list_clears: true,
            ids_are_bytes: true,
            administrators_may_change: true,
        }
    }
}
