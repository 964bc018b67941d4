using System.CommandLine;
using System.Globalization;
using System.Text;
using SurveyDialer.App;
using SurveyDialer.App.Commands;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Words.ReadLanguage(args);

#pragma warning disable RS0030 // The one place that names the system clock; everything else is given a TimeProvider.
var clock = TimeProvider.System;
#pragma warning restore RS0030

var root = new RootCommand(Words.Say("root"))
{
    DemoCommand.Make(clock),
};
root.Options.Add(CommonOptions.Language());
return await root.Parse(args).InvokeAsync();
