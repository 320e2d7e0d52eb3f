//! probe
use trtc_rooms_emulator::*;
use trtc_usersig::*;
fn main() {
    let key = SecretKey::new("k").unwrap();
    let t = std::time::Instant::now();
    let mut s = Service::new(App::new(1, key.clone()).admin("administrator")).unwrap();
    println!("start {:?}", t.elapsed());
    let ticket = Signer::new(1, key).sign_at("administrator", 1000, 86400, None).unwrap();
    let query = format!("sdkappid=1&identifier=administrator&usersig={}&random=7&contenttype=json", ticket.as_str());
    let now = UnixMillis::from_seconds(1000);
    let bodies: Vec<(&str, String)> = vec![
        ("ints in invitees", format!("{{\"RoomInfo\":{{\"RoomId\":\"a\",\"RoomType\":\"Conference\"}},\"ScheduleInviteeList_Account\":[{}1]}}", "1,".repeat(500_000))),
        ("many keys", format!("{{\"RoomInfo\":{{\"RoomId\":1,{}\"RoomType\":\"Conference\"}}}}", (0..70_000).map(|i| format!("\"k{i}\":1,")).collect::<String>())),
    ];
    for (n, b) in &bodies {
        let t = std::time::Instant::now();
        let r = s.handle(&Request::post("/v4/room_engine_http_srv/create_room", &query, b.as_bytes()), now);
        println!("{n}: {} bytes {:?} {}", b.len(), t.elapsed(), r.text());
        println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().filter(|l| l.starts_with("VmHWM")).collect::<String>());
    }
    let t = std::time::Instant::now();
    let n = 100_000;
    for i in 0..n {
        let b = format!("{{\"RoomInfo\":{{\"RoomId\":\"room-{i}\",\"RoomType\":\"Live\",\"SeatTemplate\":\"Karaoke\"}}}}");
        assert_eq!(s.handle(&Request::post("/v4/live_engine_http_srv/create_room", &query, b.as_bytes()), now).error_code(), Some(0));
    }
    println!("{n} creates {:?}", t.elapsed() / n);
    println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().filter(|l| l.starts_with("VmHWM")||l.starts_with("VmRSS")).collect::<String>());
    let t = std::time::Instant::now();
    let snap = s.snapshot();
    println!("snapshot {:?}", t.elapsed());
    let t = std::time::Instant::now();
    s.restore(snap).unwrap();
    println!("restore {:?}", t.elapsed());
}
