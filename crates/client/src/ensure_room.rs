//! Rooms that have to be there, whoever created them.

use trtc_rooms_core::Endpoint;

use crate::{Call, Operation, conference, live};

/// Create a live room, or use the one that is there: the operation of
/// [`live::Rooms::ensure_room`].
#[derive(Clone, Copy, Debug)]
pub enum EnsureLiveRoom {}

impl Operation for EnsureLiveRoom {
    type Request = live::create_room::CreateRoomRequest;
    type Response = live::create_room::CreateRoomResponse;
    const ENDPOINT: &'static Endpoint = &live::create_room::ENDPOINT;
    const DONE_CODES: &'static [i32] = Self::ENDPOINT.repeat.done_codes;
}

/// Create a meeting, or use the one that is there: the operation of
/// [`conference::Rooms::ensure_room`].
#[derive(Clone, Copy, Debug)]
pub enum EnsureMeeting {}

impl Operation for EnsureMeeting {
    type Request = conference::create_room::CreateRoomRequest;
    type Response = conference::create_room::CreateRoomResponse;
    const ENDPOINT: &'static Endpoint = &conference::create_room::ENDPOINT;
    const DONE_CODES: &'static [i32] = Self::ENDPOINT.repeat.done_codes;
}

impl live::Rooms<'_> {
    /// Creates a live room, or uses the one with this id if it has the same owner
    /// already. Such a room keeps its settings, those of the request do not reach it.
    ///
    /// This is also the way to find out after a lost reply: it can be repeated until
    /// it succeeds, by another process too.
    /// [`Reply::confirmed_by`](crate::Reply::confirmed_by) tells which it was.
    ///
    /// # Errors
    ///
    /// Those of [`create_room`](Self::create_room), without 100010. A room of another
    /// owner is 100003.
    ///
    /// ```no_run
    /// use trtc_rooms::live::create_room::{RoomInfo, SeatTemplate};
    ///
    /// # async fn example(client: &trtc_rooms::Client) -> Result<(), trtc_rooms::Error> {
    /// let room = RoomInfo::new("live-1", SeatTemplate::AudioSalon);
    /// let reply = client.live().rooms().ensure_room(room).await?;
    /// match reply.confirmed_by() {
    ///     None => println!("created"),
    ///     Some(_) => println!("it was there, and it is ours"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn ensure_room(
        &self,
        request: impl Into<live::create_room::CreateRoomRequest>,
    ) -> Call<EnsureLiveRoom> {
        self.create_room(request).into_operation()
    }
}

impl conference::Rooms<'_> {
    /// Creates a meeting, or uses the one with this id if it has the same owner
    /// already. See [`live::Rooms::ensure_room`], which does the same.
    ///
    /// The page of meetings says of 100010 that "the operator" owns the room. Whether that
    /// is the caller or the `Owner_Account` of the request, it does not say: compare the
    /// owner where a request names another one than the caller.
    ///
    /// # Errors
    ///
    /// Those of [`create_room`](Self::create_room), without 100010.
    pub fn ensure_room(
        &self,
        request: impl Into<conference::create_room::CreateRoomRequest>,
    ) -> Call<EnsureMeeting> {
        self.create_room(request).into_operation()
    }
}
