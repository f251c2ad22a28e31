package io.patchbay.lab;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address with its mask, as NetBox's fields of that kind hold: {@code 198.18.0.5/24}. Ordered by family, then number. */
record NetBoxAddress(int family, BigInteger number, int mask) implements Comparable<NetBoxAddress> {
    static NetBoxAddress parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException(text);
        }
        try {
            byte[] bytes = InetAddress.getByName(host).getAddress();
            int bits = bytes.length * 8;
            int mask = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (mask < 0 || mask > bits) {
                throw new IllegalArgumentException(text);
            }
            return new NetBoxAddress(bits == 32 ? 4 : 6, new BigInteger(1, bytes), mask);
        } catch (UnknownHostException | NumberFormatException unreadable) {
            throw new IllegalArgumentException(text, unreadable);
        }
    }

    int bits() {
        return family == 4 ? 32 : 128;
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits() - mask);
    }

    /** The network: without host bits. */
    NetBoxAddress network() {
        return network(mask);
    }

    NetBoxAddress network(int length) {
        int host = bits() - length;
        return new NetBoxAddress(family, number.shiftRight(host).shiftLeft(host), length);
    }

    BigInteger last() {
        return network().number.add(size()).subtract(BigInteger.ONE);
    }

    boolean covers(NetBoxAddress other) {
        return family == other.family
                && mask <= other.mask
                && other.network(mask).number.equals(network().number);
    }

    NetBoxAddress at(BigInteger value, int length) {
        return new NetBoxAddress(family, value, length);
    }

    String host() {
        byte[] bytes = new byte[bits() / 8];
        byte[] value = number.toByteArray();
        int count = Math.min(value.length, bytes.length);
        System.arraycopy(value, value.length - count, bytes, bytes.length - count, count);
        try {
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return family == 4 ? text : shorten(text);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String toString() {
        return host() + "/" + mask;
    }

    @Override
    public int compareTo(NetBoxAddress other) {
        int byFamily = Integer.compare(family, other.family);
        int byNumber = byFamily != 0 ? byFamily : number.compareTo(other.number);
        return byNumber != 0 ? byNumber : Integer.compare(mask, other.mask);
    }

    /** RFC 5952: the longest run of zeros, the first of equals, is two colons. */
    private static String shorten(String text) {
        String[] groups = text.split(":");
        int best = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > longest) {
                best = i;
                longest = end - i;
            }
        }
        if (best < 0) {
            return text;
        }
        String left = String.join(":", java.util.Arrays.copyOfRange(groups, 0, best));
        String right = String.join(":", java.util.Arrays.copyOfRange(groups, best + longest, groups.length));
        return left + "::" + right;
    }
}
