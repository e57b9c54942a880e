using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;
using System.Net;
using System.Net.Sockets;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>
/// One signed-in connection to one domain controller and the thread that it is used on: libldap blocks, and one connection carries one request at a time.
/// </summary>
internal sealed class LdapLine : IDisposable
{
    private const int Version = 3;

    private readonly BlockingCollection<Action> _work = [];
    private LdapConnection? _connection;

    private LdapLine(DomainController server)
    {
        Server = server;
        new Thread(Work) { IsBackground = true, Name = $"ldap {server}" }.Start();
    }

    public DomainController Server { get; }

    /// <summary>Opens an encrypted connection to a server whose certificate holds, and signs in.</summary>
    /// <exception cref="LdapException">The certificate does not hold, or the sign-in is refused; nobody is signed in.</exception>
    /// <exception cref="SocketException">The server does not answer.</exception>
    public static async Task<LdapLine> OpenAsync(
        ActiveDirectoryOptions options, DomainController server, string account, Secret<string> password, CancellationToken cancellationToken)
    {
        // A bind without a password signs nobody in and succeeds (RFC 4513, 5.1.2).
        if (password.Reveal().Length == 0 || account.Length == 0)
            throw new InvalidOperationException("A sign-in needs a name and a password.");
        await ReachAsync(server, options.TimeOut, cancellationToken);
        var line = new LdapLine(server);
        try
        {
            await line.DoAsync(() => LdapTrust.Under(options.CaFile, options.TimeOut, () => line._connection = Open(options, server, new(account, password.Reveal()))));
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    public Task<T> AskAsync<T>(Func<LdapConnection, T> ask) => DoAsync(() => ask(_connection!));

    public void Dispose()
    {
        _work.Add(() => _connection?.Dispose());
        _work.CompleteAdding();
    }

    /// <summary>libldap's own way of connecting cannot be given up in time.</summary>
    private static async Task ReachAsync(DomainController server, TimeSpan timeOut, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeOut);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static LdapConnection Open(ActiveDirectoryOptions options, DomainController server, NetworkCredential credential)
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(server.Host, server.Port, fullyQualifiedDnsHostName: true, connectionless: false), credential, AuthType.Basic)
        {
            AutoBind = false,
            Timeout = options.TimeOut,
        };
        try
        {
            connection.SessionOptions.ProtocolVersion = Version;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (options.Encryption == LdapEncryption.Ldaps)
            {
                connection.SessionOptions.SecureSocketLayer = true;
            }
            else
            {
                // Outside Windows it is the first request that makes the connection; this one asks, and tells, what anybody may know.
                connection.SendRequest(new SearchRequest("", "(objectClass=*)", SearchScope.Base, "supportedExtension"));
                connection.SessionOptions.StartTransportLayerSecurity(null);
            }

            connection.Bind();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private Task<T> DoAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }
}
