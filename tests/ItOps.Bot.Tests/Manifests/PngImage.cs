using System.Buffers.Binary;
using System.IO.Compression;

namespace ItOps.Bot.Tests.Manifests;

/// <summary>The pixels of a PNG with 8 bits a channel, RGB or RGBA, not interlaced, which is what icons are (PNG specification, sections 5, 9 and 11).</summary>
internal sealed class PngImage
{
    private readonly byte[] _samples;
    private readonly int _channels;

    private PngImage(int width, int height, int channels, byte[] samples) => (Width, Height, _channels, _samples) = (width, height, channels, samples);

    public int Width { get; }

    public int Height { get; }

    public IEnumerable<(byte R, byte G, byte B, byte A)> Pixels => Enumerable.Range(0, Width * Height).Select(i => this[i % Width, i / Width]);

    public (byte R, byte G, byte B, byte A) this[int x, int y]
    {
        get
        {
            var at = ((y * Width) + x) * _channels;
            return (_samples[at], _samples[at + 1], _samples[at + 2], _channels == 4 ? _samples[at + 3] : (byte)255);
        }
    }

    public static PngImage Read(ReadOnlySpan<byte> file)
    {
        Assert.True(file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), "This is no PNG.");
        using var data = new MemoryStream();
        var header = file.Slice(16, 13);
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            if (file.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(file.Slice(at + 8, length));
            at += 12 + length;
        }

        var (width, height, depth, colour, interlaced) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), header[8], header[9], header[12]);
        Assert.Equal((8, 0), (depth, interlaced));
        Assert.Contains(colour, (byte[])[2, 6]);
        data.Position = 0;
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        return new(width, height, colour == 6 ? 4 : 3, Unfilter(inflated, width * (colour == 6 ? 4 : 3), height, colour == 6 ? 4 : 3));
    }

    private static byte[] Unfilter(Stream lines, int stride, int height, int channels)
    {
        var samples = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines.ReadByte();
            lines.ReadExactly(samples, y * stride, stride);
            for (var x = 0; x < stride; x++)
            {
                var at = (y * stride) + x;
                var left = x < channels ? 0 : samples[at - channels];
                var above = y == 0 ? 0 : samples[at - stride];
                var corner = x < channels || y == 0 ? 0 : samples[at - stride - channels];
                samples[at] += (byte)(filter switch { 0 => 0, 1 => left, 2 => above, 3 => (left + above) / 2, _ => Paeth(left, above, corner) });
            }
        }

        return samples;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
