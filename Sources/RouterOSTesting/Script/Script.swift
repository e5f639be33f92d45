/// A program in the script language of RouterOS that has been read and can be run.
///
/// The whole text is read before anything of it runs, as on a router: a mistake in the last line keeps the first from
/// happening.
struct Script: Sendable {
    let code: ScriptCode

    /// Reads a script.
    ///
    /// - Throws: ``ScriptError`` in the router's words, with the place.
    init(_ source: some Collection<UInt8>, menus: ScriptMenus) throws(ScriptError) {
        var parser = ScriptParser(Array(source), menus: menus)
        var compiler = ScriptCompiler(menus: menus)
        compiler.compile(try parser.script())
        compiler.emit(.leave)
        code = ScriptCode(instructions: compiler.instructions, positions: compiler.positions, menus: menus)
    }
}
