// Checks what the register writes with golang.org/x/mod/sumdb/note and tlog, which nobody here wrote. Reads a list of cases from
// standard input, answers a list of true, or of the reason why not.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type testCase struct {
	Kind, LogVkey, WitnessVkey, Receipt, Leaf, Request, Before, Checkpoint, Skey, Text, Signed string
	Time                                                                                       uint64
	Tiles                                                                                      map[string]string
}

// cosigner is a key of type 0x04 (C2SP tlog-cosignature), which x/mod does not know; note.Open does the rest.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
	time uint64
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize || binary.BigEndian.Uint64(sig) != c.time {
		return false
	}
	return ed25519.Verify(c.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", c.time, text)), sig[8:])
}

func newCosigner(vkey string, time uint64) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 0x04 {
		return nil, errors.New("not the key of a cosigner")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("a key ID that is not the key's")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:]), key[1:], time}, nil
}

func open(msg string, c *testCase) (size int64, root tlog.Hash, err error) {
	log, err := note.NewVerifier(c.LogVkey)
	if err != nil {
		return 0, root, err
	}
	wanted := []note.Verifier{log}
	if c.WitnessVkey != "" {
		witness, err := newCosigner(c.WitnessVkey, c.Time)
		if err != nil {
			return 0, root, err
		}
		wanted = append(wanted, witness)
	}
	n, err := note.Open([]byte(msg), note.VerifierList(wanted...))
	if err != nil {
		return 0, root, err
	}
	if len(n.Sigs) != len(wanted) {
		return 0, root, errors.New("a signature is missing")
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		return 0, root, errors.New("not a checkpoint of this log")
	}
	if size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return 0, root, err
	}
	root, err = tlog.ParseHash(lines[2])
	return size, root, err
}

func hashes(lines []string) (proof []tlog.Hash, err error) {
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		proof = append(proof, hash)
	}
	return proof, nil
}

func parts(file string) (head []string, checkpoint string) {
	before, after, _ := strings.Cut(file, "\n\n")
	return strings.Split(before, "\n"), after
}

func receipt(c *testCase) error {
	head, checkpoint := parts(c.Receipt)
	size, root, err := open(checkpoint, c)
	if err != nil {
		return err
	}
	if len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a receipt")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(head[2:])
	if err != nil {
		return err
	}
	leaf, err := hex.DecodeString(c.Leaf)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(leaf))
}

func growth(c *testCase) error {
	head, checkpoint := parts(c.Request)
	size, root, err := open(checkpoint, c)
	if err != nil {
		return err
	}
	oldSize, oldRoot, err := open(c.Before, c)
	if err != nil {
		return err
	}
	if head[0] != fmt.Sprintf("old %d", oldSize) {
		return errors.New("another old size")
	}
	proof, err := hashes(head[1:])
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, size, root, oldSize, oldRoot)
}

// served reads tiles where C2SP tlog-tiles puts them; x/mod has the same tiles under other paths.
type served map[string]string

func (served) Height() int                   { return 8 }
func (served) SaveTiles([]tlog.Tile, [][]byte) {}
func (s served) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range tiles {
		digits := strings.SplitN(tile.Path(), "/", 4)
		data, err := hex.DecodeString(s["tile/"+digits[2]+"/"+digits[3]])
		if err != nil || len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s is missing", tile.Path())
		}
		all = append(all, data)
	}
	return all, nil
}

func tiles(c *testCase) error {
	size, root, err := open(c.Checkpoint, c)
	if err != nil {
		return err
	}
	// TileHashReader checks each tile that it reads against the root.
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, served(c.Tiles))
	for index := int64(0); index < size; index += 1 + size/97 {
		read, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(size, index, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, size, root, index, read[0]); err != nil {
			return err
		}
	}
	return nil
}

// signing signs the same text with the same private key as the register did: Ed25519 leaves no choice.
func signing(c *testCase) error {
	signer, err := note.NewSigner(c.Skey)
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: c.Text}, signer)
	if err == nil && string(signed) != c.Signed {
		err = errors.New("signed otherwise")
	}
	return err
}

var checks = map[string]func(*testCase) error{"receipt": receipt, "growth": growth, "tiles": tiles, "signing": signing}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	answers := make([]any, len(cases))
	for i := range cases {
		answers[i] = true
		if err := checks[cases[i].Kind](&cases[i]); err != nil {
			answers[i] = err.Error()
		}
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}
