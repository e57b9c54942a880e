using System.Text;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

/// <summary>A small runbook that is right, to break one line of.</summary>
internal static class RunbookText
{
    public const string Path = "access/unlock_it.md";

    public const string Good = """
        ---
        id: unlock_it
        version: 3
        title: Unlock it
        summary: Unlock the thing
        utterances:
          - unlock it
          - it is locked
        synonyms:
          - [unlock, release]
        notFor: [lock it]
        parameters:
          - name: account
            kind: account
            ask: Which account?
            slot: system
          - name: strength
            kind: choice
            ask: How strong?
            required: false
            options:
              - value: strong
                label: Strong
                words: [hard]
              - value: weak
                label: Weak
        steps:
          - run: account.unlock
            with:
              account: "{account}"
          - guide: Try again.
            expect: It works.
            when: [still-locked]
          - diagnose: scripts/look.sh
            title: Look
          - script: scripts/mend.sh
            title: Mend
            with:
              account: "{account}"
          - handoff: Still locked
        onBehalf:
          groups: [it-approvers]
          attest: true
        done: Unlocked.
        doneIn:
          de: Entsperrt.
        otherwise: [reset_it]
        ---

        # Unlock it

        Background.
        """;

    public static (RunbookSource? Source, IReadOnlyList<SourceProblem> Problems) Read(string text) =>
        RunbookReader.Read(Path, Encoding.UTF8.GetBytes(text), new HashSet<string>());

    public static IReadOnlyList<string> Problems(string text) => [.. Read(text).Problems.Select(p => p.ToString())];
}
