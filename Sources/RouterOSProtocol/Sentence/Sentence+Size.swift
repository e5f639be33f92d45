extension Sentence {
    /// How many bytes the words take on the wire, give or take a prefix.
    package var encodedSize: Int {
        guard wordCount > 0 else { return 0 }
        return framed.words[firstWord + wordCount - 1].bytes.upperBound - framed.words[firstWord].bytes.lowerBound
    }
}
