#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| trtc_rooms_fuzz::request::run(data));
