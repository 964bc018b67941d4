using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace SurveyDialer.Twilio;

/// <summary>One wrong setting.</summary>
/// <param name="Setting">Name of the property of <see cref="TwilioOptions"/>.</param>
/// <param name="Key">Key of the sentence.</param>
public sealed record TwilioOptionProblem(string Setting, string Key)
{
    /// <summary>What is wrong and what to change, as one sentence; Chinese unless the culture is English.</summary>
    public string InWords(CultureInfo culture) => TwilioTexts.Get(Key, culture);
}

/// <summary>Says what is wrong with <see cref="TwilioOptions"/>; registered as a validator, a wrong setting stops the start.</summary>
public sealed class TwilioOptionsCheck : IValidateOptions<TwilioOptions>
{
    /// <summary>Every wrong setting; empty when the options can be used.</summary>
    public static IReadOnlyList<TwilioOptionProblem> Problems(TwilioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);

        // The validator asks the object itself only once every annotation holds; a person should see all mistakes at once.
        foreach (var own in options.Validate(new ValidationContext(options)))
            if (!results.Exists(r => r.ErrorMessage == own.ErrorMessage))
                results.Add(own);
        return [.. results.Select(r => new TwilioOptionProblem(r.MemberNames.First(), r.ErrorMessage!))];
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TwilioOptions options)
    {
        var problems = Problems(options);
        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(p => p.InWords(CultureInfo.CurrentUICulture)));
    }
}
