namespace ItOps.Bot.Console.Runbooks;

/// <summary>What a new runbook begins with.</summary>
internal static class RunbookTemplate
{
    public const string Text =
        """
        ---
        id: the_id_above
        version: 1
        title: What it solves, in a few words
        summary: One line for lists, as an employee would say it

        utterances:
          - how people really ask for it
          - in other words
          - short
          - with the wrong word
          - in another language

        notFor:
          - what sounds the same and is something else

        holdsFor:
          - Windows 11 24H2

        causes:
          - The most likely cause, in one plain sentence.

        sources:
          - "Where the facts come from, by title"

        steps:
          - guide: One action in plain words.
            expect: What they should see when it worked.
          - handoff: Why a colleague takes over, in one sentence.

        done: What the person hears when it worked.
        ---
        ## When to use

        ## When not

        ## How we know it worked

        ## For whoever takes over

        """;
}
