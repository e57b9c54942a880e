using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ItOps.Bot.Executors.Processes;

/// <summary>
/// The only place that starts programs: without a shell, with a clean environment, a time-out and capped output. Whatever a program does is a
/// <see cref="ProcessResult"/>; an exception is a bug of ours or of the progress callback.
/// </summary>
internal sealed class ProcessRunner(TimeProvider time)
{
    // Only a program that shed its mark and its parents can hold a stream open for longer than it takes to read what is left in it.
    private static readonly TimeSpan s_lastOutput = TimeSpan.FromSeconds(5);

    private const string FixedPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new ProcessResult(ProcessEnd.Cancelled, null, [], []);

        var family = new ProcessFamily();
        using var process = new Process { StartInfo = StartInfo(request, family) };
        if (Start(process) is { } reason)
            return new ProcessResult(ProcessEnd.NotStarted, null, [], [PlainText.Of(reason)]);

        using var timeOut = new CancellationTokenSource(request.TimeOut, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellationToken);
        var output = new OutputReader(request.Limits, request.Progress, request.Mask);
        var errors = new OutputReader(request.Limits, null, request.Mask);
        var telling = output.ReadAsync(process.StandardOutput.BaseStream, stop.Token);
        var reading = Task.WhenAll(
            telling,
            errors.ReadAsync(process.StandardError.BaseStream, stop.Token),
            WriteInputAsync(process, request.StandardInput, stop.Token));
        try
        {
            await WaitAsync(process, telling, stop.Token);

            // What it left running in the background holds the streams open: it ends with its parent.
            family.KillMarked();
            await reading.WaitAsync(stop.Token);
            return new ProcessResult(ProcessEnd.Exited, process.ExitCode, output.Lines, errors.Lines);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await EndAsync(process, family, reading);
            var end = cancellationToken.IsCancellationRequested ? ProcessEnd.Cancelled : ProcessEnd.TimedOut;
            return new ProcessResult(end, null, output.Lines, errors.Lines);
        }
        catch
        {
            await stop.CancelAsync();
            await EndAsync(process, family, reading);
            throw;
        }
    }

    private static async Task WaitAsync(Process process, Task telling, CancellationToken cancellationToken)
    {
        var exit = process.WaitForExitAsync(cancellationToken);

        // A failed progress callback must not wait for the program's end.
        if (await Task.WhenAny(exit, telling) == telling)
            await telling;
        await exit;
    }

    private async Task EndAsync(Process process, ProcessFamily family, Task reading)
    {
        family.Kill(process);
        await process.WaitForExitAsync(CancellationToken.None);
        await reading.WaitAsync(s_lastOutput, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request, ProcessFamily family)
    {
        var start = new ProcessStartInfo(request.File, request.Arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = request.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment.Clear();
        foreach (var (name, value) in request.Environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = FixedPath;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment.TryAdd("HOME", Path.GetTempPath());
        start.Environment[ProcessFamily.Variable] = family.Mark;
        return start;
    }

    private static string? Start(Process process)
    {
        try
        {
#pragma warning disable RS0030 // This is the place.
            process.Start();
#pragma warning restore RS0030
            return null;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return e.Message;
        }
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await using var writer = process.StandardInput;
            await writer.WriteAsync((input ?? "").AsMemory(), cancellationToken);
        }
        catch (IOException)
        {
            // The program closed its input without reading it all, which is its right.
        }
    }
}
