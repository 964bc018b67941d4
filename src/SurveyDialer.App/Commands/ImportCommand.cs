using System.CommandLine;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>import</c>: brings a list of residents in.</summary>
internal static class ImportCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = Words.Say("import_file") };
        var name = new Option<string?>("--name") { Description = Words.Say("import_name") };
        var source = Needed("--source", "import_source");
        var basis = Needed("--legal-basis", "import_legal_basis");
        var township = Needed("--township", "import_township");
        var areaCode = CommonOptions.AreaCode();
        var population = new Option<string?>("--population") { Description = Words.Say("import_population") };
        var map = new Option<string[]>("--map") { Description = Words.Say("import_map", ColumnRoles.Names) };
        var header = new Option<int?>("--header-row") { Description = Words.Say("import_header_row") };
        var rejected = new Option<FileInfo?>("--rejected") { Description = Words.Say("import_rejected") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("import", Words.Say("import")) { file, name, source, basis, township, areaCode, population, map, header, rejected, data, json };
        command.Check(result =>
        {
            if (result.GetValue(header) is < 0) result.AddError(Words.Say("import_header_row_range"));
            foreach (var pair in result.GetValue(map) ?? [])
            {
                var (_, role) = Pairs.Split(pair);
                if (role is null || ColumnRoles.Find(role) is null) result.AddError(Words.Say("import_map_unknown", pair, ColumnRoles.Names));
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var list = parsed.GetRequiredValue(file);
            var import = new ImportList
            {
                File = list.FullName,
                Name = parsed.GetValue(name) ?? list.Name,
                Source = parsed.GetRequiredValue(source),
                LegalBasis = parsed.GetRequiredValue(basis),
                Township = parsed.GetRequiredValue(township),
                AreaCode = parsed.GetValue(areaCode),
                Population = parsed.GetValue(population),
                Map = Pairs.Read(parsed.GetValue(map)),
                HeaderRow = parsed.GetValue(header),
                RejectedFile = parsed.GetValue(rejected)?.FullName,
            };
            return LocalCall.RunAsync(parsed.GetValue(data), import, new Report(parsed.GetValue(json)), clock, cancellation);
        });
        return command;
    }

    private static Option<string> Needed(string name, string key)
    {
        var option = new Option<string>(name) { Description = Words.Say(key), Required = true };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens.All(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError(Words.Say("option_blank", name));
        });
        return option;
    }
}
