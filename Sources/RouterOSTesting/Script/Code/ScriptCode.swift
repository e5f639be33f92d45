/// A script that can be run: its instructions, and where in the text each of them comes from.
final class ScriptCode: Sendable {
    let instructions: [ScriptInstruction]
    let positions: [SourcePosition]
    let menus: ScriptMenus

    init(instructions: [ScriptInstruction], positions: [SourcePosition], menus: ScriptMenus) {
        self.instructions = instructions
        self.positions = positions
        self.menus = menus
    }
}
