using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Storage;

/// <summary>
/// A word in the database under its keys. With other keys every name would be unreadable and every number that asked never to be called again
/// unknown: that is found when the file is opened, not when somebody is rung.
/// </summary>
internal static class KeyProof
{
    private const string Purpose = "setting.keys";
    private const string Word = "SurveyDialer";

    /// <exception cref="StorageException">The file was written under other keys.</exception>
    internal static void Check(SqliteConnection connection, string path, KeyRing keys)
    {
        var cipher = new FieldCipher(keys);
        if (SettingStore.Find(connection, SettingStore.KeyProof) is not { } proof)
        {
            SettingStore.Save(connection, SettingStore.KeyProof, Convert.ToBase64String(cipher.Encrypt(Purpose, Word)));
            return;
        }

        try
        {
            cipher.Decrypt(Purpose, Convert.FromBase64String(proof));
        }
        catch (CryptographicException fault)
        {
            throw StorageException.OtherKeys(path, fault);
        }
    }
}
