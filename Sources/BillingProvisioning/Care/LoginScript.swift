import RouterOSProtocol

/// What is put into `on-login` of hotspot user profiles so that a router tells of logins by itself.
///
/// It comes behind whatever stands there, between two lines that say whose it is, and changes nothing else. Whatever goes
/// wrong in it, a server out of reach or a command that the router does not have, ends it and nothing else: a login is let
/// in before the script runs. User names are data to it from beginning to end: one with a sign that has a meaning in an
/// address is no code of ours, and is not told of.
struct LoginScript: Hashable, Sendable {
    /// Another number for another text, so that people can tell.
    static let version = 1
    /// How the line before it begins; the version follows.
    static let beginning = Array("# BEGIN billing login callback v".utf8)
    /// How the line behind it begins.
    static let ending = Array("# END billing login callback".utf8)

    /// Where logins are told of: an address that ends in the router's token.
    let callback: String

    /// All of it, the lines that say whose it is included, without line ends around it.
    var block: [UInt8] {
        Self.beginning + Array("\(Self.version), added by the billing system; remove it as a whole\n".utf8)
            + Array(source.text.utf8) + [UInt8(ascii: "\n")] + Self.ending
    }

    /// Parsed when it runs: a router that lacks one of these words would refuse the whole of `on-login` otherwise.
    private var telling: ScriptSource {
        """
        /tool fetch url=(\(callback) . "\\?user=" . $u . "&mac=" . $m . "&address=" . $a . "&at=" . $t) \
        keep-result=no duration=10s
        """
    }

    private var source: ScriptSource {
        """
        :do {
        :local u [:tostr $user]
        :local good ([:len $u] > 0 && [:len $u] < 65)
        :for i from=0 to=([:len $u] - 1) do={
        :if ([:typeof [:find \(Self.plain) [:pick $u $i ($i + 1)]]] != "num") do={ :set good false }
        }
        :if ($good) do={
        :local tell [:parse \(ScriptString(telling.text))]
        :local now ([/system clock get date] . "T" . [/system clock get time])
        [$tell u=$u m=[:tostr $"mac-address"] a=[:tostr $address] t=$now]
        }
        } on-error={}
        """
    }

    /// What codes are made of, and what may stand in an address as it is.
    private static let plain = ScriptString(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    )
}
