using System.Text;
using System.Text.Json;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>What Slack delivers, once it is proved to be Slack's, the same over HTTP and in Socket Mode.</summary>
internal sealed class SlackIntake(SlackCommands commands, SlackInteractivity interactivity, SlackEvents events, Refusals refusals)
{
    /// <param name="kind">Which of the three endpoints it came to.</param>
    /// <param name="body">As it came.</param>
    /// <param name="delivery">What is unique about this delivery: its signature, or its envelope.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<SlackAnswer> TakeAsync(SlackDeliveryKind kind, ReadOnlyMemory<byte> body, string delivery, CancellationToken cancellationToken)
    {
        try
        {
            return kind switch
            {
                SlackDeliveryKind.Command => await commands.HandleAsync(SlackPayloads.Command(body.Span), delivery, cancellationToken),
                SlackDeliveryKind.Interaction => await interactivity.HandleAsync(SlackPayloads.Interaction(body.Span), cancellationToken),
                _ => await events.HandleAsync(SlackPayloads.EventCallback(body.Span), cancellationToken),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or DecoderFallbackException)
        {
            return await MalformedAsync(kind, cancellationToken);
        }
    }

    /// <summary>Socket Mode wraps commands and interactions in JSON, without the form.</summary>
    public async Task<SlackAnswer> TakeAsync(SlackDeliveryKind kind, JsonElement payload, string delivery, CancellationToken cancellationToken)
    {
        try
        {
            return kind switch
            {
                SlackDeliveryKind.Command => await commands.HandleAsync(payload.Deserialize(Blocks.SlackJson.Default.SlackCommand)!, delivery, cancellationToken),
                SlackDeliveryKind.Interaction => await interactivity.HandleAsync(payload.Deserialize(Blocks.SlackJson.Default.SlackInteraction)!, cancellationToken),
                _ => await events.HandleAsync(payload.Deserialize(Blocks.SlackJson.Default.SlackEventCallback)!, cancellationToken),
            };
        }
        catch (JsonException)
        {
            return await MalformedAsync(kind, cancellationToken);
        }
    }

    private async Task<SlackAnswer> MalformedAsync(SlackDeliveryKind kind, CancellationToken cancellationToken)
    {
        await refusals.NoteAsync(SlackTurnTranslator.Channel, "malformed", $"a {kind} that is none; Slack may have changed its shape", cancellationToken);
        return new(400);
    }
}

internal enum SlackDeliveryKind { Command, Interaction, Event }
