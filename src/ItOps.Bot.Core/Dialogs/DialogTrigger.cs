namespace ItOps.Bot.Dialogs;

public abstract record DialogTrigger;
