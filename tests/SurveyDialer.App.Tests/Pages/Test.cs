namespace SurveyDialer.App.Tests.Pages;

/// <summary>What a test passes on, so that it ends when it is called off.</summary>
internal static class Test
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
