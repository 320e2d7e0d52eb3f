use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Call;
use crate::{Error, ListOperation, Reply};

impl<O: ListOperation> Call<O> {
    /// Goes through the whole list, one call a page, beginning with the page that the
    /// request asks for. Nothing is sent before the first element is asked for.
    ///
    /// ```no_run
    /// # async fn example(client: &trtc_rooms::Client) -> Result<(), trtc_rooms::Error> {
    /// use trtc_rooms::live::get_member_list::GetMemberListRequest;
    ///
    /// let request = GetMemberListRequest::new("live-1", "");
    /// let mut members = client.live().members().get_member_list(request).items();
    /// while let Some(member) = members.next().await {
    ///     println!("{:?}", member?.member_account);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<O> {
        Items {
            call: Some(self),
            page: None,
            left: VecDeque::new(),
        }
    }
}

/// The elements of a list, page after page: a [`Stream`], with a
/// [`next`](Self::next) of its own. Made by [`Call::items`].
///
/// It ends when the service says that there is no further page, or names the page that was
/// just asked for as the next one, and after an error that would come again. After one that
/// [may not](Error::is_retryable) it goes on with the page that failed, if it is asked
/// again.
#[must_use = "nothing is sent until an element is asked for"]
pub struct Items<O: ListOperation> {
    /// The call for the next page.
    call: Option<Call<O>>,
    page: Option<Page<O>>,
    left: VecDeque<O::Item>,
}

/// A page that is under way.
type Page<O> =
    Pin<Box<dyn Future<Output = Result<Reply<<O as crate::Operation>::Response>, Error>> + Send>>;

impl<O: ListOperation> Items<O> {
    /// The next element, or `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error`] of the call for the page that the element is on.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Every element that is left.
    ///
    /// # Errors
    ///
    /// The first error; the elements before it are lost.
    pub async fn collect(mut self) -> Result<Vec<O::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn turn(&mut self, reply: Reply<O::Response>) {
        let mut response = reply.into_inner();
        self.left.extend(O::items(&mut response));
        if let Some(call) = &mut self.call
            && !O::next(&mut response, &mut call.request)
        {
            self.call = None;
        }
    }
}

// Nothing in it is pinned where it stands: the page has a box of its own.
impl<O: ListOperation> Unpin for Items<O> {}

impl<O: ListOperation> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.left.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.page.is_none() {
                let Some(call) = &self.call else {
                    return Poll::Ready(None);
                };
                self.page = Some(Box::pin(call.clone().send()));
            }
            if let Some(page) = &mut self.page {
                let result = ready!(page.as_mut().poll(context));
                self.page = None;
                match result {
                    Ok(reply) => self.turn(reply),
                    Err(error) => {
                        if !error.is_retryable() {
                            self.call = None;
                        }
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        }
    }
}

impl<O: ListOperation> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("endpoint", &O::ENDPOINT.name)
            .field("has_ended", &self.call.is_none())
            .finish_non_exhaustive()
    }
}
