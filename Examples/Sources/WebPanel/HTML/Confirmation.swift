import HTTPServer

/// The page between a button and what cannot be taken back: it says what will happen, and works without scripts.
struct Confirmation {
    /// What will happen, with its numbers.
    let question: HTML
    /// What is good to know before.
    let consequence: HTML
    /// What the button does, in a word or two.
    let verb: HTML
    /// Where the form is sent; the page stands at the same address.
    let action: HTML
    /// Where to go instead.
    let back: HTML
    /// Whether something goes away, rather than money being entered.
    var isRemoval = true

    func html(_ context: PageContext) -> HTML {
        let button: HTML =
            isRemoval ? "<button class=\"danger\">\(verb)</button>" : "<button>\(verb)</button>"
        return """
            <form class="card" method="post" action="\(action)" data-once>\(context.visitor.hiddenField)\
            \(Form().idempotencyField)
            <p><b>\(question)</b></p><p class="muted">\(consequence)</p>
            <div class="actions">\(button)<a class="button quiet" href="\(back)">Cancel</a></div>
            </form>
            """
    }
}
