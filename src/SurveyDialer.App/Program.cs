using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;
using SurveyDialer.App;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Hosting;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var clicked = DoubleClick.Started(args);
if (clicked) args = DoubleClick.Arguments;
Words.ReadLanguage(args);
CultureInfo.CurrentUICulture = Words.Culture;

#pragma warning disable RS0030 // The one place that names the system clock; everything else is given a TimeProvider.
var clock = TimeProvider.System;
#pragma warning restore RS0030

var root = new RootCommand(Words.Say("root"))
{
    DemoCommand.Make(clock),
    ServeCommand.Make(clock),
    ImportCommand.Make(clock),
    CampaignCommand.Make(clock),
    TemplateCommand.Make(),
    IndicesCommand.Make(),
    RehearseCommand.Make(clock),
    ExportCommand.Make(clock),
    BackupCommand.Make(clock),
    RestoreCommand.Make(clock),
    HealthCommand.Make(clock),
    DoorCommand.Make(clock),
    SimulatorCommand.Make(clock),
    CountyKeyCommand.Make(clock),
    CalcCommand.Make(),
};
root.Options.Add(CommonOptions.Language());
root.Options.OfType<HelpOption>().Single().Description = Words.Say("option_help");
var parsed = root.Parse(args);
var code = parsed.Action switch
{
    ParseErrorAction => WrongUse.Tell(parsed),
    HelpAction help => WrongUse.Help(help, parsed),
    _ => await parsed.InvokeAsync(),
};
if (clicked && code != ExitCodes.Done) DoubleClick.Wait(Words.Say("window_stays"));
return code;
