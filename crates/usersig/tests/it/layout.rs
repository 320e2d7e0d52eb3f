//! The bytes of a `PrivateMapKey`.

use trtc_usersig::private_map_key::{DecodeError, EncodeError, Privileges, RoomRef, UserBuf};

use crate::common::unhex;

fn userbuf(room: RoomRef<'_>) -> UserBuf<'_> {
    UserBuf {
        account: "anchor",
        sdkappid: 0x0102_0304,
        room,
        expires_at: 0x0a0b_0c0d,
        privileges: Privileges::ALL,
    }
}

/// The numeric layout, field by field.
const NUMERIC: &str = "00 0006 616e63686f72 01020304 fffffffe 0a0b0c0d 000000ff 00000000";
const TEXT: &str =
    "01 0006 616e63686f72 01020304 00000000 0a0b0c0d 000000ff 00000000 0004 e688bf31";

fn bytes(fields: &str) -> Vec<u8> {
    unhex(&fields.replace(' ', ""))
}

#[test]
fn the_layout_byte_by_byte() {
    for (room, fields) in [
        (RoomRef::Number(0xffff_fffe), NUMERIC),
        (RoomRef::Text("房1"), TEXT),
    ] {
        assert_eq!(userbuf(room).encode().unwrap(), bytes(fields));
        assert_eq!(UserBuf::decode(&bytes(fields)), Ok(userbuf(room)));
    }
}

#[test]
fn nothing_is_cut_to_fit() {
    let longest = "a".repeat(65_535);
    let longer = "a".repeat(65_536);
    let with_account = |account| UserBuf {
        account,
        ..userbuf(RoomRef::Number(0))
    };
    let len = 65_536;
    assert!(with_account(&longest).encode().is_ok());
    assert_eq!(
        with_account(&longer).encode(),
        Err(EncodeError::AccountTooLong { len })
    );
    assert!(userbuf(RoomRef::Text(&longest)).encode().is_ok());
    assert_eq!(
        userbuf(RoomRef::Text(&longer)).encode(),
        Err(EncodeError::RoomTooLong { len })
    );
    assert_eq!(
        userbuf(RoomRef::Text("")).encode(),
        Err(EncodeError::EmptyRoom)
    );
}

#[test]
fn what_is_not_accounted_for_is_refused() {
    let changed = |from: &str, to: &str| bytes(&TEXT.replacen(from, to, 1));
    for (bytes, expected) in [
        (changed("01 ", "02 "), DecodeError::UnknownVersion(2)),
        // The ASCII digit.
        (changed("01 ", "31 "), DecodeError::UnknownVersion(0x31)),
        (
            changed("000000ff 00000000", "000000ff 00000007"),
            DecodeError::UnknownAccountType(7),
        ),
        (
            changed("01020304 00000000", "01020304 00000001"),
            DecodeError::TwoRooms,
        ),
        (changed("0004 e688bf31", "0000"), DecodeError::EmptyRoom),
        (changed("0004 e688bf31", "0002 e688"), DecodeError::NotUtf8),
        (
            changed("616e63686f72", "616e63686fe9"),
            DecodeError::NotUtf8,
        ),
        (
            changed("0004 e688bf31", "0003 e688bf31"),
            DecodeError::TrailingBytes,
        ),
        (changed("0004", "0005"), DecodeError::CutOff),
        // A text room's tail after a numeric room.
        (changed("01 ", "00 "), DecodeError::TrailingBytes),
    ] {
        assert_eq!(UserBuf::decode(&bytes), Err(expected), "{bytes:02x?}");
    }
}

#[test]
fn every_prefix_is_cut_off() {
    for fields in [NUMERIC, TEXT] {
        let bytes = bytes(fields);
        for end in 0..bytes.len() {
            assert_eq!(
                UserBuf::decode(&bytes[..end]),
                Err(DecodeError::CutOff),
                "{end}"
            );
        }
    }
}

#[test]
fn serialised_for_people() {
    let shown = |room| serde_json::to_string(&userbuf(room)).unwrap();
    assert_eq!(
        shown(RoomRef::Number(7)),
        r#"{"account":"anchor","sdkappid":16909060,"room":7,"expires_at":168496141,"privileges":255}"#
    );
    assert!(shown(RoomRef::Text("7")).contains(r#""room":"7""#));
}
