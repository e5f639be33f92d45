extension AttributeKey where Value == ItemID {
    /// The id of the row, `.id`.
    public static var id: Self { Self(".id") }
}
