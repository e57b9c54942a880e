using System.DirectoryServices.Protocols;
using System.Net.Sockets;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>
/// The connections to the domain. All go to one controller until it fails, so that what was written is read again where it was written: replication takes its
/// time. Then the next in order is tried.
/// </summary>
internal sealed class DomainConnections(ActiveDirectoryOptions options, TimeProvider time) : IDisposable
{
    // Each try counts as a wrong password of the service account, which would be locked in the end.
    private static readonly TimeSpan s_pauseAfterRefusal = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _slots = new(options.Connections);
    private readonly Lock _lock = new();
    private readonly Stack<LdapLine> _idle = [];
    private int _server;
    private (string Why, DateTimeOffset Until)? _refused;
    private volatile string? _problem;

    /// <summary>What kept the bot from connecting when it last tried.</summary>
    public string? Problem => _problem;

    public DomainController Server
    {
        get
        {
            lock (_lock)
                return options.Servers[_server];
        }
    }

    /// <summary>Asks something that changes nothing, so that it may be asked again elsewhere.</summary>
    public async Task<T> AskAsync<T>(Func<LdapConnection, T> ask, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            for (var failures = 0; ;)
            {
                var (line, isReused) = await TakeAsync(cancellationToken);
                try
                {
                    var answer = await line.AskAsync(ask);
                    PutBack(line);
                    return answer;
                }
                catch (DirectoryOperationException e) when (!LdapAnswers.IsBusy(e.Response))
                {
                    PutBack(line);
                    throw;
                }
                catch (Exception e) when (e is DirectoryOperationException || (e is LdapException lost && LdapAnswers.IsLost(lost)))
                {
                    // A connection that lay idle may be closed since long; a new one that fails speaks for its server.
                    GiveUp(line, isReused);
                    if (!isReused && ++failures >= options.Servers.Count)
                        throw Unavailable($"{line.Server}: {e.Message}", e);
                }
                catch
                {
                    line.Dispose();
                    throw;
                }
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Sends a change once, over a connection that was alive a moment ago.</summary>
    /// <returns>Done, or a problem when nothing was changed for certain.</returns>
    /// <exception cref="LdapException">The change was sent, and there was no answer.</exception>
    public async Task<Result<Done>> ChangeAsync(DirectoryRequest change, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            LdapLine line;
            try
            {
                line = await TakeLiveAsync(cancellationToken);
            }
            catch (DirectoryUnavailableException e)
            {
                return new Problem(ProblemCode.SystemUnavailable, e.Message);
            }

            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await line.AskAsync(connection => connection.SendRequest(change));
                PutBack(line);
                return Done.Value;
            }
            catch (DirectoryOperationException e) when (e.Response is not null && LdapAnswers.Refusal(e.Response) is { } refusal)
            {
                PutBack(line);
                return refusal;
            }
            catch
            {
                // Whether it happened is to be seen where it was to happen: no other controller knows yet.
                line.Dispose();
                DropIdle();
                throw;
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Signs in as somebody, on a connection of its own.</summary>
    /// <returns>None when it is let in, otherwise why not, as in <see cref="SignInCode"/>.</returns>
    public async Task<int?> SignInAsync(string distinguishedName, Secret<string> password, CancellationToken cancellationToken)
    {
        try
        {
            using var line = await LdapLine.OpenAsync(options, Server, distinguishedName, password, cancellationToken);
            return null;
        }
        catch (LdapException e) when (LdapAnswers.SignInRefusal(e) is { } refusal)
        {
            return refusal;
        }
        catch (Exception e) when (e is SocketException or LdapException)
        {
            throw Unavailable($"{Server}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        DropIdle();
        _slots.Dispose();
    }

    private async Task<LdapLine> TakeLiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (line, isReused) = await TakeAsync(cancellationToken);
            if (!isReused)
                return line;
            try
            {
                await line.AskAsync(connection => connection.SendRequest(new SearchRequest("", "(objectClass=*)", SearchScope.Base, "dnsHostName")));
                return line;
            }
            catch (DirectoryException)
            {
                GiveUp(line, isReused);
            }
        }
    }

    private async Task<(LdapLine Line, bool IsReused)> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var idle))
                return (idle, true);
            if (_refused is { } refused && time.GetUtcNow() < refused.Until)
                throw new DirectoryUnavailableException(refused.Why);
        }

        var failures = new List<string>();
        while (failures.Count < options.Servers.Count)
        {
            var server = Server;
            try
            {
                var line = await LdapLine.OpenAsync(options, server, options.ServiceAccount, options.Password, cancellationToken);
                _problem = null;
                return (line, false);
            }
            catch (LdapException e) when (LdapAnswers.SignInRefusal(e) is not null)
            {
                var why = Unavailable($"{server}: {LdapAnswers.WhyNotOpened(e, options)}", e);
                lock (_lock)
                    _refused = (why.Message, time.GetUtcNow() + s_pauseAfterRefusal);
                throw why;
            }
            catch (DirectoryUnavailableException e)
            {
                throw Unavailable(e.Message, e);
            }
            catch (Exception e) when (e is LdapException or SocketException)
            {
                failures.Add($"{server}: {(e is LdapException ldap ? LdapAnswers.WhyNotOpened(ldap, options) : $"does not answer ({((SocketException)e).SocketErrorCode})")}");
                MoveOnFrom(server);
            }
        }

        throw Unavailable(string.Join("; ", failures), null);
    }

    private DirectoryUnavailableException Unavailable(string why, Exception? inner)
    {
        _problem = $"No domain controller can be used: {why.TrimEnd('.')}.";
        return new(_problem, inner);
    }

    private void PutBack(LdapLine line)
    {
        lock (_lock)
        {
            if (line.Server == options.Servers[_server])
            {
                _idle.Push(line);
                return;
            }
        }

        line.Dispose();
    }

    private void GiveUp(LdapLine line, bool isReused)
    {
        line.Dispose();
        DropIdle();
        if (!isReused)
            MoveOnFrom(line.Server);
    }

    private void MoveOnFrom(DomainController failed)
    {
        lock (_lock)
        {
            if (options.Servers[_server] == failed)
                _server = (_server + 1) % options.Servers.Count;
        }
    }

    private void DropIdle()
    {
        LdapLine[] idle;
        lock (_lock)
        {
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var line in idle)
            line.Dispose();
    }
}
