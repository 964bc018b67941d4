namespace SurveyDialer.Crash.Checks;

/// <summary>What may never happen.</summary>
internal enum Broken
{
    /// <summary>A telephone rang twice for one attempt.</summary>
    RangTwice,

    /// <summary>A telephone rang while another call to it was ringing or open.</summary>
    RangWhileInUse,

    /// <summary>A text was sent twice for one turn.</summary>
    TextedTwice,

    /// <summary>The carrier had a call or text that no attempt of ours stands for.</summary>
    CallOfNobody,

    /// <summary>An answer is not stored, or otherwise than it was given, although its next prompt was heard.</summary>
    AnswerLost,

    /// <summary>An answer is stored more than once.</summary>
    AnswerTwice,

    /// <summary>An answer is stored that nobody gave.</summary>
    AnswerInvented,

    /// <summary>An attempt, a text or a respondent is neither over nor waiting for its time.</summary>
    Stuck,

    /// <summary>The books say otherwise of a call than the carrier.</summary>
    DispositionDisagrees,
}

/// <param name="What">One sentence with tokens and ids, never a number.</param>
internal sealed record Finding(Broken Broken, string What);
