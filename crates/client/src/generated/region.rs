// Made by `cargo xtask codegen` from schemas/common/regions.json. Do not edit.

/// A data centre of the service.
///
/// An SDKAppID belongs to one data centre, and its calls have to go to the host of
/// that data centre: another one answers 60026. The endpoint pages list China,
/// Singapore and the USA, some also Jakarta; the other hosts belong to the same
/// gateway family and appear on the Chat pages only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Region {
    /// China: `console.tim.qq.com`.
    China,
    /// Singapore: `adminapisgp.im.qcloud.com`.
    Singapore,
    /// USA (Silicon Valley): `adminapiusa.im.qcloud.com`.
    Usa,
    /// Jakarta, Indonesia: `adminapiidn.im.qcloud.com`.
    Jakarta,
    /// Seoul, Korea: `adminapikr.im.qcloud.com`.
    Seoul,
    /// Tokyo, Japan: `adminapijpn.im.qcloud.com`.
    Tokyo,
    /// Frankfurt, Germany: `adminapiger.im.qcloud.com`.
    Frankfurt,
    /// Mumbai, India: `adminapiind.im.qcloud.com`.
    Mumbai,
    /// Saudi Arabia: `adminapiksa.im.qcloud.com`. No page of the vendor names it.
    SaudiArabia,
}

impl Region {
    /// Every region, in the order of the schema.
    pub const ALL: &'static [Region] = &[
        Region::China,
        Region::Singapore,
        Region::Usa,
        Region::Jakarta,
        Region::Seoul,
        Region::Tokyo,
        Region::Frankfurt,
        Region::Mumbai,
        Region::SaudiArabia,
    ];

    /// The name in lower case, as it stands in the schemas: `saudi-arabia`.
    pub const fn name(self) -> &'static str {
        match self {
            Region::China => "china",
            Region::Singapore => "singapore",
            Region::Usa => "usa",
            Region::Jakarta => "jakarta",
            Region::Seoul => "seoul",
            Region::Tokyo => "tokyo",
            Region::Frankfurt => "frankfurt",
            Region::Mumbai => "mumbai",
            Region::SaudiArabia => "saudi-arabia",
        }
    }

    /// The host that calls go to.
    pub const fn host(self) -> &'static str {
        match self {
            Region::China => "console.tim.qq.com",
            Region::Singapore => "adminapisgp.im.qcloud.com",
            Region::Usa => "adminapiusa.im.qcloud.com",
            Region::Jakarta => "adminapiidn.im.qcloud.com",
            Region::Seoul => "adminapikr.im.qcloud.com",
            Region::Tokyo => "adminapijpn.im.qcloud.com",
            Region::Frankfurt => "adminapiger.im.qcloud.com",
            Region::Mumbai => "adminapiind.im.qcloud.com",
            Region::SaudiArabia => "adminapiksa.im.qcloud.com",
        }
    }

    /// The host for the case that the DNS name of [`host`](Region::host) does not
    /// resolve as it should. No page says whether the room services answer there.
    pub const fn backup_host(self) -> &'static str {
        match self {
            Region::China => "adminapi.my-imcloud.com",
            Region::Singapore => "adminapisgp.my-imcloud.com",
            Region::Usa => "adminapiusa.my-imcloud.com",
            Region::Jakarta => "adminapiidn.my-imcloud.com",
            Region::Seoul => "adminapikr.my-imcloud.com",
            Region::Tokyo => "adminapijpn.my-imcloud.com",
            Region::Frankfurt => "adminapiger.my-imcloud.com",
            Region::Mumbai => "adminapiind.my-imcloud.com",
            Region::SaudiArabia => "adminapiksa.my-imcloud.com",
        }
    }
}
