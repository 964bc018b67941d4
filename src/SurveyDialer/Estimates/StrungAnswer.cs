using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>
/// A stored answer as SQL strings those of an interview together, so that one row holds them all: <c>Q1:4</c>, then <c>?</c> for silence or <c>#</c>
/// for wrong keys, then <c>!</c> where the explanation was asked for; <c>|</c> between two answers.
/// </summary>
internal readonly ref struct StrungAnswer
{
    private StrungAnswer(ReadOnlySpan<char> text, int colon)
    {
        QuestionId = text[..colon];
        var keys = text[(colon + 1)..];
        Explained = keys is [.., '!'];
        if (Explained) keys = keys[..^1];
        How = keys switch { [.., '?'] => AnswerHow.NoInput, [.., '#'] => AnswerHow.Invalid, _ => AnswerHow.Given };
        Keys = How == AnswerHow.Given ? keys : keys[..^1];
    }

    internal ReadOnlySpan<char> QuestionId { get; }

    /// <summary>One key; of a multiple choice several, with commas.</summary>
    internal ReadOnlySpan<char> Keys { get; }

    internal bool Explained { get; }

    internal AnswerHow How { get; }

    /// <summary>The answers of one interview, in the order in which they stand.</summary>
    /// <param name="answers">Null or empty: none was given.</param>
    internal static Reader In(string? answers) => new(answers);

    internal ref struct Reader
    {
        private ReadOnlySpan<char> rest;

        internal Reader(ReadOnlySpan<char> rest) => this.rest = rest;

        public StrungAnswer Current { get; private set; }

        public readonly Reader GetEnumerator() => this;

        public bool MoveNext()
        {
            while (rest.Length > 0)
            {
                var end = rest.IndexOf('|');
                var text = end < 0 ? rest : rest[..end];
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (text.IndexOf(':') is not (>= 0 and var colon)) continue;
                Current = new StrungAnswer(text, colon);
                return true;
            }

            return false;
        }
    }
}
