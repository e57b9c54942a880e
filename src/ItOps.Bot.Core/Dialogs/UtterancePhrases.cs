namespace ItOps.Bot.Dialogs;

/// <summary>
/// Messages that are a move as a whole. A word of one inside a longer wish ("cancel my zoom meeting") is no move, so nothing here is searched for:
/// the whole message has to be one of these, apart from politeness around it.
/// </summary>
internal static class UtterancePhrases
{
    private static readonly Dictionary<string, UtteranceKind> ByText = Load(
        (UtteranceKind.Cancel,
            """
            cancel|cancel it|cancel that|cancel this|cancel request|cancel my request|cancel the request|never mind|nevermind|nvm|forget it|forget about it|
            forget that|forget this|stop|stop it|stop that|stop this|abort|quit|exit|leave it|drop it|scrap that|i changed my mind|changed my mind|dont bother|
            no longer needed|not needed anymore|not needed any more|i dont need it anymore|i dont need it any more|its fine never mind|
            abbrechen|abbruch|brich ab|brich das ab|vergiss es|vergiss das|egal|schon gut|lass gut sein|lass es|lass es sein|stopp|halt|nicht mehr noetig|anfrage abbrechen
            """),
        (UtteranceKind.CancelAll,
            """
            cancel everything|cancel all|cancel all of it|cancel all of them|cancel all of that|cancel them all|cancel it all|cancel the whole thing|cancel the lot|cancel all my requests|cancel all requests|
            forget all of it|forget everything|drop all of it|alles abbrechen|brich alles ab|alle abbrechen|alle anfragen abbrechen|vergiss alles
            """),
        (UtteranceKind.StartOver,
            """
            start over|start again|start from scratch|begin again|reset conversation|reset the conversation|reset this chat|from the beginning|lets start over|
            can we start over|new conversation|new chat|von vorne|von vorn|nochmal von vorne|noch mal von vorne|fang von vorne an|neu anfangen|alles auf anfang
            """),
        (UtteranceKind.Status,
            """
            status|status please|whats the status|what is the status|whats the status of my request|what is the status of my request|status of my request|request status|
            my requests|show my requests|list my requests|whats happening|what is happening|whats happening with my request|what is happening with my request|
            what happened to my request|what happened with my request|whats going on with my request|where is my request|wheres my request|how is my request going|hows my request|any news|any news yet|
            any update|any updates|any updates on my request|any update on my request|any news on my request|any progress|is it done|is it done yet|is it approved|is it approved yet|was it approved|
            has it been approved|did they approve it|did it work already|how long will it take|how long does it take|how much longer|who has my request|who is working on it|whos on it|still waiting|
            im still waiting|what happens now|what happens next|what will happen now|what now|now what|was passiert jetzt|was passiert als naechstes|wie geht es jetzt weiter|gibt es was neues|gibts was neues|gibt es neuigkeiten|was neues|wie ist der stand|wie ist der status|stand der dinge|was ist mit meiner anfrage|
            was macht meine anfrage|status meiner anfrage|meine anfragen|wie lange dauert das|wie lange dauert es|wie lange noch|schon fertig|ist es schon fertig
            """),
        (UtteranceKind.Help,
            """
            help|help me|menu|commands|options|what can you do|what can you do for me|what can you help with|what can you help me with|what do you do|what can i ask|what can i ask you|
            what can i say|what are you|what are you for|who are you|how does this work|how do you work|how do i use this|how do i use you|how can you help|how can you help me|
            can you help me|can you help|hilfe|was kannst du|was kannst du alles|was kannst du tun|was kannst du fuer mich tun|wer bist du|was bist du|wie funktioniert das|wobei kannst du helfen|
            kannst du mir helfen|menue
            """),
        (UtteranceKind.Human,
            """
            human|a human|real person|a real person|person|agent|an agent|live agent|real human|human agent|operator|representative|helpdesk|help desk|service desk|support|it support|
            someone|somebody|talk to someone|speak to someone|speak with someone|talk to somebody|talk to a human|talk to human|talk to a person|talk to a real person|talk to it|
            talk to an agent|talk to support|speak to a human|speak to a person|speak to an agent|speak with a human|let me talk to someone|let me talk to a human|let me speak to someone|
            let me speak to a human|let me talk to a person|let me talk to a real person|let me talk to somebody|let me speak to somebody|let me talk to an agent|
            i want to talk to someone|i want to talk to a human|i want to talk to a person|i want to talk to a real person|i want to speak to someone|i want to speak to a human|i want a human|
            i want to speak with someone|i want to talk to an agent|i want to speak to a person|i want to speak to a real person|i need a human|i need to talk to someone|i need to speak to someone|
            i need to talk to a human|i need a person|id like to talk to someone|id like to speak to someone|id like to talk to a human|can i talk to someone|can i talk to a human|can i talk to a person|
            can i talk to a real person|can i speak to someone|can i speak to a human|can i speak to a person|can i speak with someone|can i talk to somebody|could i talk to someone|could i speak to someone|
            connect me to a human|connect me to someone|connect me to an agent|connect me with a human|connect me with someone|connect me to support|get me a human|get me a person|get me someone|
            get me an agent|give me a human|transfer me|transfer me to a human|transfer me to an agent|hand me over|call me|call me back|
            mensch|ein mensch|einen menschen|mitarbeiter|ein mitarbeiter|mit einem menschen|mit einem menschen sprechen|mit jemandem sprechen|mit jemandem reden|ich will mit jemandem sprechen|
            ich will mit einem menschen sprechen|ich moechte mit jemandem sprechen|ich moechte mit einem menschen sprechen|ich moechte mit einem mitarbeiter sprechen|
            kann ich mit jemandem sprechen|kann ich mit einem menschen sprechen|kann ich mit jemandem reden|echter mensch|ruf mich an|rufen sie mich an
            """),
        (UtteranceKind.Yes,
            """
            yes|y|yep|yeah|yup|yea|ya|yess|yes it did|yes it does|yes it worked|yes that worked|yes it works|yes that helped|yes it helped|yes do it|yes go ahead|yes go|sure|sure thing|of course|
            absolutely|definitely|certainly|correct|right|thats right|that is right|thats correct|exactly|indeed|affirmative|go ahead|go for it|do it|do that|lets do it|lets go|confirm|confirmed|
            i confirm|agreed|i agree|sounds good|fine|fine by me|thats fine|all good|works|it works|it works again|it works now|works now|works again|it worked|worked|that worked|that helped|it helped|
            that did it|solved|its solved|fixed|its fixed|all good now|perfect|great|yes all good|yes i do|yes i am|yes i did|yes that one|yes that is right|yes thats right|yes exactly|yes correct|
            ja|jo|jep|jap|jawohl|ja klar|klar|na klar|sicher|natuerlich|genau|ja genau|richtig|stimmt|ja stimmt|einverstanden|gerne|ja gerne|gern|passt|mach das|mach es|mach|los|ja mach das|
            geht|geht wieder|es geht wieder|es geht|es funktioniert|funktioniert|funktioniert wieder|hat geklappt|hat geholfen|ja hat geklappt|ja es geht|ja es geht wieder|erledigt|in ordnung
            """),
        (UtteranceKind.No,
            """
            no|n|nope|nah|nay|no way|not really|not yet|no not yet|not at all|no it didnt|no it did not|no it doesnt|no it does not|it didnt|it did not|it didnt work|it did not work|that didnt work|
            that did not work|didnt work|did not work|no it didnt work|no that didnt work|it didnt help|that didnt help|didnt help|no it didnt help|no that didnt help|still not working|still not|still broken|
            no still not working|no still not|still the same|same problem|same issue|no same problem|no change|nothing changed|no luck|doesnt help|it doesnt help|that doesnt help|negative|no dont|it still doesnt work|still doesnt work|it still does not work|still does not work|its still broken|it is still broken|its still not working|it is still not working|
            im still locked|im still locked out|still locked|still locked out|i still cant log in|i still cant sign in|still cant log in|still cant sign in|dont|
            do not|dont do it|dont do that|please dont|incorrect|thats wrong|that is wrong|thats not right|i dont think so|no i dont|no im not|no i didnt|no thats wrong|no it isnt|it isnt|i disagree|
            nein|nee|noe|ne|nein danke|noch nicht|nein noch nicht|leider nicht|leider nein|nein leider nicht|nicht wirklich|gar nicht|hat nicht geklappt|hat nicht geholfen|nein hat nicht geklappt|
            nein hat nicht geholfen|immer noch nicht|geht nicht|geht immer noch nicht|nein geht nicht|nein geht immer noch nicht|funktioniert nicht|funktioniert immer noch nicht|falsch|stimmt nicht|
            auf keinen fall|keinesfalls
            """),
        (UtteranceKind.Undo,
            """
            undo|undo it|undo that|undo this|undo the last one|undo last|undo the last step|undo the change|undo the last change|revert|revert it|revert that|revert the change|roll back|roll it back|
            rollback|take it back|take that back|put it back|put that back|put it back the way it was|change it back|rueckgaengig|mach das rueckgaengig|mach es rueckgaengig|
            rueckgaengig machen|zuruecknehmen|nimm das zurueck
            """),
        (UtteranceKind.Greeting,
            """
            hi|hello|hey|heya|hiya|hi there|hello there|hey there|howdy|good morning|good afternoon|good evening|morning|greetings|yo|sup|whats up|how are you|how are you doing|how are you today|
            hows it going|good day|hallo|hallo zusammen|guten morgen|guten tag|guten abend|moin|moin moin|servus|gruess gott|gruezi|hey du|na|wie gehts|wie geht es dir|wie gehts dir
            """),
        (UtteranceKind.Thanks,
            """
            thanks|thank you|thx|ty|tysm|thanks a lot|thanks a million|thank you so much|thank you very much|thanks so much|thanks very much|many thanks|much appreciated|appreciate it|
            i appreciate it|cheers|thanks for your help|thank you for your help|thanks for the help|thanks for helping|thanks again|great thanks|perfect thanks|awesome thanks|cool thanks|
            thats all|thats all thanks|that is all|no thats all|great job|good job|well done|good bot|danke|danke schoen|dankeschoen|vielen dank|danke dir|danke sehr|herzlichen dank|
            tausend dank|super danke|danke fuer die hilfe|danke fuer deine hilfe|besten dank|bye|goodbye|bye bye|tschuess|auf wiedersehen
            """));

    private static readonly Dictionary<string, UtteranceKind> BySign = new(StringComparer.Ordinal)
    {
        ["👍"] = UtteranceKind.Yes,
        ["✅"] = UtteranceKind.Yes,
        ["👌"] = UtteranceKind.Yes,
        ["✔"] = UtteranceKind.Yes,
        [":+1:"] = UtteranceKind.Yes,
        [":thumbsup:"] = UtteranceKind.Yes,
        [":white_check_mark:"] = UtteranceKind.Yes,
        ["👎"] = UtteranceKind.No,
        ["❌"] = UtteranceKind.No,
        [":-1:"] = UtteranceKind.No,
        [":thumbsdown:"] = UtteranceKind.No,
        ["🙏"] = UtteranceKind.Thanks,
        [":pray:"] = UtteranceKind.Thanks,
        ["👋"] = UtteranceKind.Greeting,
        [":wave:"] = UtteranceKind.Greeting,
    };

    public static UtteranceKind? Find(string words) => ByText.TryGetValue(words, out var kind) ? kind : null;

    /// <summary>An emoji that answers by itself, in any skin colour.</summary>
    public static UtteranceKind? FindSign(string text)
    {
        var sign = string.Concat(text.EnumerateRunes().Where(r => r.Value is not (>= 0x1F3FB and <= 0x1F3FF) and not 0xFE0F).Select(r => r.ToString())).Trim();
        return BySign.TryGetValue(sign, out var kind) ? kind : null;
    }

    private static Dictionary<string, UtteranceKind> Load(params (UtteranceKind Kind, string Phrases)[] moves)
    {
        var byText = new Dictionary<string, UtteranceKind>(StringComparer.Ordinal);
        foreach (var (kind, phrases) in moves)
        {
            foreach (var phrase in phrases.ReplaceLineEndings("").Split('|'))
                byText.Add(phrase, kind);
        }

        return byText;
    }
}
