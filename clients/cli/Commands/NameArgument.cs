using System.CommandLine;

namespace Switchboard.Cli.Commands;

/// <summary>An argument that names something: a shell's variable that is not set makes it empty.</summary>
internal static class NameArgument
{
    public static Argument<string> Create(string name, string description)
    {
        Argument<string> argument = new(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }])
            {
                result.AddError($"{name} must not be empty");
            }
        });
        return argument;
    }
}
