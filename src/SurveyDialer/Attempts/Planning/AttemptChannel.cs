namespace SurveyDialer.Attempts.Planning;

/// <summary>How one attempt tries to reach a respondent.</summary>
internal enum AttemptChannel
{
    /// <summary>A call with the interview by keys.</summary>
    Voice,

    /// <summary>The interview by text message.</summary>
    Text,

    /// <summary>A person at a desk telephone.</summary>
    Live,

    /// <summary>A text that announces the call and expects no reply.</summary>
    Notice,
}

/// <summary>The stored form of <see cref="AttemptChannel"/>.</summary>
internal static class AttemptChannels
{
    public static string ToColumn(this AttemptChannel channel) => channel switch
    {
        AttemptChannel.Voice => "voice",
        AttemptChannel.Text => "text",
        AttemptChannel.Live => "live",
        AttemptChannel.Notice => "notice",
    };

    public static AttemptChannel FromColumn(string text) => text switch
    {
        "voice" => AttemptChannel.Voice,
        "text" => AttemptChannel.Text,
        "live" => AttemptChannel.Live,
        "notice" => AttemptChannel.Notice,
        _ => throw new InvalidDataException($"Unknown channel '{text}'."),
    };

    /// <summary>True for what goes out as a text message.</summary>
    public static bool IsTexted(this AttemptChannel channel) => channel is AttemptChannel.Text or AttemptChannel.Notice;
}
