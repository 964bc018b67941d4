namespace SurveyDialer.Tests.Exports;

/// <summary>Takes what is written and tells somebody each time; like a response to a browser it cannot be sought in.</summary>
internal sealed class WatchedStream(Action? before = null, Action<int>? written = null) : Stream
{
    internal List<byte> Bytes { get; } = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        before?.Invoke();
        if (written is null) Bytes.AddRange(buffer);
        written?.Invoke(buffer.Length);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
