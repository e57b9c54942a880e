using System.Text.Json;

namespace ItOps.Bot.Channels.Slack.Calls;

/// <summary>What users.info says about a person.</summary>
/// <param name="Id">The user.</param>
/// <param name="TeamId">Their own workspace.</param>
/// <param name="Email">None without the scope users:read.email.</param>
/// <param name="IsRestricted">A guest of several channels.</param>
/// <param name="IsUltraRestricted">A guest of one channel.</param>
/// <param name="IsStranger">Of another organisation, met in a shared channel.</param>
/// <param name="IsBot">Not a person.</param>
/// <param name="Deleted">Deactivated.</param>
internal sealed record SlackPerson(
    string Id, string? TeamId, string? Email, bool IsRestricted, bool IsUltraRestricted, bool IsStranger, bool IsBot, bool Deleted, bool IsEmailConfirmed)
{
    public static SlackPerson? From(JsonElement? user)
    {
        if (user is not { ValueKind: JsonValueKind.Object } found || Text(found, "id") is not { } id)
            return null;
        var email = found.TryGetProperty("profile", out var profile) && profile.ValueKind == JsonValueKind.Object ? Text(profile, "email") : null;
        return new(
            id,
            Text(found, "team_id"),
            email,
            Flag(found, "is_restricted"),
            Flag(found, "is_ultra_restricted"),
            Flag(found, "is_stranger"),
            Flag(found, "is_bot"),
            Flag(found, "deleted"),
            Flag(found, "is_email_confirmed"));
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
