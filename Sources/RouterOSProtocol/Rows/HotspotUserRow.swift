/// A row of `/ip/hotspot/user`, whichever of the menu's attributes it holds.
///
/// The keys of all its attributes belong to every such type, those it does not hold included: ``HotspotUser`` and whatever else
/// reads this menu are queried in the same words.
public protocol HotspotUserRow: WritableRouterOSRow {}
