package dev.tessera.impl.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The form in which clients keep a {@link ListPosition}. It is encrypted, because the hashes of known keys would help
 * to choose keys that make a table slow. Any node recognises damage without the secret, by the checksum.
 *
 * <pre>
 *   text       = base64url of: version int8 | block 16 bytes | CRC-32C of both int32
 *   block      = AES of: next int64 | partition int32 | partitions int32, with CHECK in its high bits
 * </pre>
 *
 * <p>Numbers are big endian. A block is the whole message, so that the mode of the cipher is ECB. Immutable, and shared
 * by all threads.
 */
public final class PositionSeal {

    /** The length of the text. */
    public static final int TEXT_BYTES = 28;

    private static final byte VERSION = 1;
    private static final int BLOCK_BYTES = 16;
    private static final int BYTES = 1 + BLOCK_BYTES + Integer.BYTES;
    private static final String ALGORITHM = "AES";
    private static final String TRANSFORMATION = "AES/ECB/NoPadding";

    /** The number of partitions takes less than the low bits. A wrong key yields another check, nearly always. */
    private static final int CHECK = 0x5A2 << PositionSeal.PARTITION_BITS;

    private static final int PARTITION_BITS = 20;

    private final SecretKeySpec key;

    PositionSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    byte[] seal(ListPosition position) {
        byte[] plain = ByteBuffer.allocate(BLOCK_BYTES)
                .putLong(position.next())
                .putInt(position.partition())
                .putInt(CHECK | position.partitions())
                .array();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(VERSION).put(crypt(Cipher.ENCRYPT_MODE, plain));
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().encode(bytes.array());
    }

    @Nullable
    ListPosition open(byte[] sealed) {
        byte[] bytes = decode(sealed);
        if (bytes == null) {
            return null;
        }
        byte[] block = new byte[BLOCK_BYTES];
        ByteBuffer.wrap(bytes, 1, BLOCK_BYTES).get(block);
        ByteBuffer plain = ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, block));
        long next = plain.getLong();
        int partition = plain.getInt();
        int partitions = plain.getInt() ^ CHECK;
        boolean isOurs = partitions >>> PARTITION_BITS == 0 && partition >= 0 && partition <= partitions;
        return isOurs ? new ListPosition(partitions, partition, next) : null;
    }

    /** Returns whether a text has the form of a sealed position, under any secret. */
    public static boolean isWellFormed(byte[] text) {
        return decode(text) != null;
    }

    private static byte @Nullable [] decode(byte[] text) {
        if (text.length != TEXT_BYTES) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return bytes.length == BYTES
                        && bytes[0] == VERSION
                        && checksum(bytes) == ByteBuffer.wrap(bytes).getInt(1 + BLOCK_BYTES)
                ? bytes
                : null;
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, 1 + BLOCK_BYTES);
        return (int) checksum.getValue();
    }

    private byte[] crypt(int mode, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
