using System.Runtime.CompilerServices;

namespace Switchboard.Client.Frameworks;

/// <summary>The checks of arguments that .NET has on its exceptions.</summary>
internal static class Arguments
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull(object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(name);
            }
        }
    }

    extension(ArgumentException)
    {
        public static void ThrowIfNullOrEmpty(string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            ArgumentNullException.ThrowIfNull(argument, name);
            if (argument!.Length == 0)
            {
                throw new ArgumentException("The value cannot be an empty string.", name);
            }
        }
    }

    extension(ArgumentOutOfRangeException)
    {
        public static void ThrowIfNegative<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
            where T : struct, IComparable<T> =>
            ArgumentOutOfRangeException.ThrowIfLessThan(value, default, name);

        public static void ThrowIfLessThan<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string? name = null)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} ('{value}') must be greater than or equal to '{least}'.");
            }
        }

        public static void ThrowIfGreaterThan<T>(T value, T most, [CallerArgumentExpression(nameof(value))] string? name = null)
            where T : IComparable<T>
        {
            if (value.CompareTo(most) > 0)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} ('{value}') must be less than or equal to '{most}'.");
            }
        }

        public static void ThrowIfLessThanOrEqual<T>(T value, T other, [CallerArgumentExpression(nameof(value))] string? name = null)
            where T : IComparable<T>
        {
            if (value.CompareTo(other) <= 0)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} ('{value}') must be greater than '{other}'.");
            }
        }
    }
}
