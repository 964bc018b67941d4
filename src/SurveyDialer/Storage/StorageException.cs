using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>The data file cannot be used. The message says, in Chinese and English, what happened and what to do.</summary>
public sealed class StorageException : Exception
{
    private const string ReadOnlyWords = "数据文件是只读的：请检查文件夹的写入权限。 / The data file is read-only: check the folder's permissions.";

    private StorageException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    internal static StorageException Opening(string path, SqliteException fault) => new($"{Explain(fault)} [{path}]", fault);

    internal static StorageException Writing(SqliteException fault) => new(Explain(fault), fault);

    internal static StorageException TooNew(string path, long found, long known)
        => new($"这个数据文件由更新的版本（{found}）写成，本程序只认识到 {known}。请用新版本打开。 / The data file was written by a newer version ({found}; this program knows {known}). Open it with the newer version. [{path}]", null);

    internal static StorageException Changed(string path, string script)
        => new($"数据文件的结构与本程序不符（{script}）。请从备份恢复。 / The data file's schema does not match this program ({script}). Restore a backup. [{path}]", null);

    internal static StorageException Damaged(string path, IReadOnlyList<string> damage)
        => new($"这份备份已损坏（{string.Join("; ", damage.Take(3))}），不能使用：请换另一份；如果是刚写出的，请检查磁盘。 / The backup is damaged ({string.Join("; ", damage.Take(3))}) and of no use: take another one; if it was written just now, check the disk. [{path}]", null);

    internal static StorageException OtherKeys(string path, Exception fault)
        => new($"密钥文件不是这个数据文件的：请放回另存的那一份。 / The key file does not belong to this data file: put back the copy that was saved apart. [{path}]", fault);

    internal static StorageException ReadOnly(string path) => new($"{ReadOnlyWords} [{path}]", null);

    private static string Explain(SqliteException fault) => fault.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => "磁盘已满：请清出空间后重试，已保存的内容没有丢失。 / The disk is full: free some space and try again; what was saved is safe.",
        SQLitePCL.raw.SQLITE_READONLY => ReadOnlyWords,
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "数据文件被别的程序占用：请关闭它后重试。 / Another program holds the data file: close it and try again.",
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => "数据文件已损坏或不是本程序的文件：请从备份恢复。 / The data file is damaged or not ours: restore a backup.",
        SQLitePCL.raw.SQLITE_CANTOPEN => "打不开数据文件：请检查文件夹是否存在、能否写入。 / The data file cannot be opened: check that the folder exists and can be written.",
        SQLitePCL.raw.SQLITE_IOERR => "数据文件读写失败：磁盘可能满了、文件大小有限制，或者移动盘被拔掉了；处理好后重试，已保存的内容没有丢失。 / Reading or writing the data file failed: the disk may be full, files may be limited in size, or the drive may have been taken out; mend that and try again, what was saved is safe.",
        _ => $"数据文件读写失败（{fault.SqliteExtendedErrorCode}）。 / The data file failed ({fault.SqliteExtendedErrorCode}): {fault.Message}",
    };
}

/// <summary>Too much is waiting to be written; nothing was done, try again later.</summary>
public sealed class WriterBusyException() : Exception("正忙，请稍后再试。 / Busy: try again in a moment.");
