use std::convert::Infallible;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::exchange::exchange;
use super::socket::{Doom, Socket};
use super::webhooks::deliver;
use super::{Handle, WebhookDelivery};
use crate::webhook::Webhook;

/// In this time the head of a request has to arrive.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a shutdown waits for calls under way.
const GRACE: Duration = Duration::from_secs(5);

/// The task that takes connections. It owns the tasks of the connections, and ends
/// when this is dropped.
#[derive(Debug)]
pub(super) struct Server {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// It has a handle of its own and would not end by itself.
    delivery: JoinHandle<()>,
}

impl Server {
    pub(super) fn start(
        listener: TcpListener,
        handle: Handle,
        webhooks: mpsc::UnboundedReceiver<Webhook>,
        on_delivery: Option<fn(&WebhookDelivery)>,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let delivery = tokio::spawn(deliver(webhooks, handle.clone(), on_delivery));
        let task = tokio::spawn(accept(listener, handle, stopped));
        Self {
            stop,
            task,
            delivery,
        }
    }

    pub(super) async fn shutdown(mut self) {
        self.stop.send_replace(true);
        // What is left after that is ended by the drop.
        let _ = timeout(GRACE, &mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
        self.delivery.abort();
    }
}

async fn accept(listener: TcpListener, handle: Handle, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let line = stopped.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    handle.count_connection();
                    connections.spawn(serve(stream, handle.clone(), line.clone()));
                }
                // Out of file descriptors, say. It may pass.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            () = until(&mut stopped) => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn serve(stream: TcpStream, handle: Handle, mut stopped: watch::Receiver<bool>) {
    // Without it replies may wait for an acknowledgement. It is no more than that.
    let _ = stream.set_nodelay(true);
    let doom = Doom::default();
    let socket = Socket::new(stream, doom.clone());
    let service = service_fn(move |request| {
        let (handle, doom) = (handle.clone(), doom.clone());
        async move { Ok::<_, Infallible>(exchange(handle, doom, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = std::pin::pin!(connection);
    // That a client breaks off is none of the emulator's business.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = until(&mut stopped) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Waits until this is set, or until nobody can set it any more.
async fn until(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
