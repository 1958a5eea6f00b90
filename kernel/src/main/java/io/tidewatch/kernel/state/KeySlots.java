package io.tidewatch.kernel.state;

/** Keys that have slots: 0, 1, 2, … in the order of their first appearance. A key is a slice of bytes with its hash. */
public sealed interface KeySlots permits KeyTable, NumberedKeys {
    /** How many slots are taken. */
    int size();

    /** The slot of a key, which is added if it is new: then it is the size before the call. */
    int slotOf(byte[] key, int start, int length, long hash);

    /** Finds the slots of all keys, of which those that are new are added in their order. */
    void findAll(KeySlices wanted);

    /** The slot of the key of a slot of others, or −1 if it is not here. */
    int find(KeySlots of, int slot);

    long hash(int slot);

    /** The array that holds the bytes of all keys, until the next key is added. */
    byte[] keyBytes();

    int keyStart(int slot);

    int keyLength(int slot);

    /** Compares the keys of two slots: by hash as an unsigned number, then by bytes. */
    int compare(int left, int right);

    /** No keys, kept in the same way. */
    KeySlots newEmpty();

    /** Takes as little memory as it can until a key is added or looked for. */
    void trim();

    /** Ends the use of these keys: what others keep for them is given back. */
    void release();

    /** About how many bytes of memory these keys take, without what they share with others. */
    long retainedBytes();

    default int keyGroup(int slot) {
        return KeyGroups.of(hash(slot));
    }
}
