"""What the training scripts promise: `python -m unittest` in this folder, with both requirements files installed."""

import csv
import pathlib
import tempfile
import unittest

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import hands
import lines
import rewritten
import tex_lines
from convert import ALPHABET
from network import average, decode, weights
from scoring import Tally, distance, plain

HERE = pathlib.Path(__file__).parent
WORDS = ["Schulung", "Angst", "für", "machen", "neu", "Größe"]


def network(value):
    weight = numpy_helper.from_array(np.full((4, 3), value, np.float32), "w")
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])], [weight])
    return helper.make_model(graph)


class ScoringTests(unittest.TestCase):
    def test_distance_counts_single_letters(self):
        self.assertEqual([distance(a, b) for a, b in (("", "abc"), ("DBA", "DB A"), ("kitten", "sitting"), ("a", "a"))],
                         [3, 1, 3, 0])

    def test_case_spaces_and_shapes_of_signs_do_not_count(self):
        self.assertEqual(plain("„Mehr  ZEIT“ – u\u0308ber"), plain('"mehr zeit" - über'))

    def test_a_keyword_counts_only_as_a_whole_word(self):
        tally = Tally()
        tally.add("mehr Schulungen", "mehr Schulung")
        self.assertEqual((tally.found, tally.keywords, tally.errors, tally.letters, tally.exact), (1, 2, 2, 15, 0))


class DigitTests(unittest.TestCase):
    def test_the_german_one_rises_before_it_falls(self):
        digit = lines.german_digit(np.random.default_rng(1), "1", 60, 4)
        top, half = np.flatnonzero(digit[2] > 0.5), np.flatnonzero(digit[digit.shape[0] // 4] > 0.5)
        self.assertLess(half.min(), top.min())
        self.assertGreater(top.mean(), digit.shape[1] / 2)

    def test_the_german_seven_has_a_bar(self):
        digit = lines.german_digit(np.random.default_rng(1), "7", 60, 4)
        middle = digit[int(0.35 * digit.shape[0]):int(0.65 * digit.shape[0])]
        self.assertGreater((middle > 0.5).sum(1).max(), 0.4 * digit.shape[1])


class NetworkTests(unittest.TestCase):
    def test_the_average_lies_between(self):
        mixed = weights(average(network(1), network(3), 0.25))
        np.testing.assert_allclose(mixed["w"], 1.5)

    def test_decoding_drops_blanks_and_repetitions(self):
        path = [0, 1, 1, 0, 1, 2]
        self.assertEqual(decode(np.eye(len(ALPHABET) + 1)[path]), "aab")


class LineTests(unittest.TestCase):
    def test_fonts_kept_apart_are_refused(self):
        for name in ("IndieFlower-Regular.ttf", "Gloria Hallelujah.ttf", "patrick_hand.otf"):
            with self.assertRaises(SystemExit):
                lines.Fonts([name])

    def test_no_font_of_the_list_is_kept_apart(self):
        rows = [r.split("\t") for r in (HERE / "fonts.txt").read_text().splitlines() if r and not r.startswith("#")]
        self.assertTrue({r[0] for r in rows} == {"training", "selection", "joined", "strokes"})
        for _, package, file in rows:
            plain_name = "".join(c for c in (package + file).lower() if c.isalnum())
            self.assertFalse([n for n in lines.KEPT_APART if n in plain_name], file)
        trained = {r[2] for r in rows if r[0] in ("training", "strokes")}
        self.assertFalse(trained & {r[2] for r in rows if r[0] in ("selection", "joined")})
        self.assertFalse(set(tex_lines.HANDS["training"]) & set(tex_lines.HANDS["selection"]))
        self.assertFalse([h for h in tex_lines.HANDS["training"] if h[:4] == "wesa"], "the hand that chooses")

    def test_codes_have_no_inner_spaces_and_come_as_often_as_asked(self):
        rng = np.random.default_rng(1)
        texts = lines.Texts(WORDS, ["KI"])
        tokens = [texts.token(rng) for _ in range(500)]
        self.assertFalse([t for t in tokens if " " in t])
        self.assertGreater(sum(t.upper() == t for t in tokens), 450)
        texts.code = lambda rng: "Q#Q"
        share = sum(texts.line(rng) == "Q#Q" for _ in range(3000)) / 3000
        self.assertTrue(0.15 < share < 0.21, share)

    def test_every_line_is_within_the_alphabet_and_one_seed_gives_one_text(self):
        def drawn():
            rng, texts = np.random.default_rng(5), lines.Texts(WORDS, ["KI-Tool"])
            return [texts.line(rng) for _ in range(300)]
        self.assertEqual(drawn(), drawn())
        self.assertFalse([t for t in drawn() if not t or set(t) - set(ALPHABET)])

    def test_common_words_come_more_often_where_shares_are_known(self):
        shares = {"Zeit": 1e-3, "Aufwand": 1e-5, "lernen": 1e-4, "mehr": 2e-3}
        texts = lines.Texts(WORDS, ["KI"], shares=shares)
        def often(kind, word):
            rng = np.random.default_rng(3)
            return sum(texts.word(rng, kind) == word for _ in range(2000)) / 2000
        # Not one of the workshop's words, one of running text, and the root of a hundred times as often.
        self.assertAlmostEqual(often("n", "Zeit"), 0.55 * 0.5 * 10 / 11, delta=0.03)
        self.assertGreater(often("a", "mehr"), 0.3)

    def test_lines_drawn_out_are_wider_and_say_the_same(self):
        texts = lines.Texts(WORDS, ["KI"])
        def widths(wide):
            recipe = lines.Recipe(None, None, texts, real=0, connected=0, everyday=hands.DrawnHands(texts), drawn=1, fast=0,
                                  widest=2000, wide=wide)
            drawn = [recipe.line(np.random.default_rng(k)) for k in range(30)]
            return [t for t, _ in drawn], [i.shape[1] for _, i in drawn], {i.shape[0] for _, i in drawn}
        (said, narrow, height), (again, broad, same) = widths(0), widths(1)
        self.assertEqual((said, height), (again, same))
        ratios = np.array(broad) / narrow
        self.assertTrue((ratios > 1.08).all() and (ratios < 1.52).all(), ratios)

    def test_joining_strokes_leave_word_gaps_open(self):
        mask = np.zeros((60, 200), np.float32)
        for left in (10, 40, 150):  # two letters close together, one a word further on
            mask[10:55, left:left + 20] = 1
        joined = [lines.join(np.random.default_rng(k), mask) for k in range(20)]
        self.assertTrue(all((m >= mask).all() for m in joined))
        self.assertTrue(any((m[:, 30:40] > 0.3).any(0).all() for m in joined))
        self.assertFalse(any(m[:, 70:140].any() for m in joined))


class HandTests(unittest.TestCase):
    def test_a_path_of_the_pen_is_read_and_unfinished_points_are_no_strokes(self):
        strokes = hands.strokes_of("M 0 0 L 10 0 L 10 5.5 M 20 1e+03 L 3 -2")
        self.assertEqual([s.tolist() for s in strokes], [[[0, 0], [10, 0], [10, 5.5]], [[20, 1000], [3, -2]]])

    def test_a_hurried_pen_rounds_corners_and_keeps_the_ends(self):
        path = np.array([[0, 0], [60, 0], [60, 60]], float)
        soft = hands.smoothed(path, 9)
        np.testing.assert_allclose(soft[[0, -1]], path[[0, -1]], atol=1e-9)
        self.assertGreater(np.hypot(*(soft - (60, 0)).T).min(), 3)
        self.assertLess(np.hypot(*(hands.smoothed(path, 0) - (60, 0)).T).min(), 1)

    def test_lines_of_tex_come_back_as_they_were_written(self):
        with tempfile.TemporaryDirectory() as folder:
            ink = [np.full((4, 6), 255, np.uint8), np.full((5, 3), 128, np.uint8)]
            np.savez(pathlib.Path(folder) / "lines.npz", ink=np.concatenate([i.ravel() for i in ink]),
                     sizes=np.array([i.shape for i in ink]), texts=np.array(["über", "zu"]), hands=np.array(["a", "b"]))
            stored = hands.TexLines(pathlib.Path(folder) / "lines.npz")
        self.assertEqual([m.shape for m in stored.masks], [(4, 6), (5, 3)])
        text, mask = stored.line(np.random.default_rng(1))
        self.assertEqual(mask.shape, stored.masks[stored.texts.index(text)].shape)

    def test_everyday_hands_write_every_letter_umlauts_included_and_no_other(self):
        texts = lines.Texts(WORDS, ["KI"])
        drawn, rng = hands.DrawnHands(texts), np.random.default_rng(1)
        known = set(drawn.forms) | set(drawn.DOTTED)
        self.assertTrue(set("abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789-.,:/?!()") <= known)
        self.assertFalse(known - set(ALPHABET))
        for letter in sorted(known):
            ink = drawn.drawn(rng, letter)
            self.assertGreater((ink > 0.5).sum(), 3, letter)
        bare, dotted = (drawn.drawn(np.random.default_rng(2), letter) for letter in "uü")
        self.assertGreater(dotted.shape[0], bare.shape[0])
        read = [drawn.text(rng) for _ in range(200)]
        self.assertTrue(0.3 < sum(t.upper() == t for t in read) / 200 < 0.75)

    def test_everyday_hands_join_letters_of_a_word_in_some_lines_only(self):
        drawn, parts = hands.DrawnHands(lines.Texts(WORDS, ["KI"])), []
        for seed in range(30):
            ink = (drawn.drawn(np.random.default_rng(seed), "neuer lauer") > 0.3).astype(np.uint8)
            parts.append(lines.cv2.connectedComponents(ink)[0] - 1)
        self.assertGreaterEqual(max(parts), 8)  # printed
        self.assertLess(min(parts), 7)  # joined, the two words still apart
        self.assertGreaterEqual(min(parts), 2)
        same = [drawn.line(np.random.default_rng(4)) for _ in range(2)]
        self.assertEqual(same[0][0], same[1][0])
        np.testing.assert_array_equal(same[0][1], same[1][1])

    def test_joined_hands_have_their_share_of_the_lines(self):
        class Source:
            def __init__(self, text):
                self.text = text

            def line(self, rng):
                return self.text, np.ones((60, 200), np.float32)

            def mask(self, rng, text):
                return "font", np.ones((60, 200), np.float32)
        person = Source("real")
        person.code = person.line
        recipe = lines.Recipe(person, Source(""), Source(""), real=0.4, joined=[Source("joined")], connected=0.25,
                              everyday=Source("everyday"), drawn=0.15, rewriter=Source("anew"), rewritten=0.5)
        rng = np.random.default_rng(1)
        drawn = [recipe.drawn(rng) for _ in range(2000)]
        shares = [sum(d[0] == text for d in drawn) / 2000 for text in ("real", "anew", "joined", "everyday", "font")]
        self.assertTrue(all(abs(a - b) < 0.03 for a, b in zip(shares, (0.2, 0.2, 0.25, 0.15, 0.2))), shares)
        self.assertFalse([d for d in drawn if (d[2], d[4]) != (d[0] in ("real", "anew"), d[0] == "anew")])
        self.assertFalse([d for d in drawn if d[0] != "anew" and d[3] != (d[0] == "joined")])


class RewrittenTests(unittest.TestCase):
    """Every letter of the writer is a block as wide as its place in the alphabet says, joined or not."""

    def person(self, joined):
        class Person:
            rows, masks, columns = [], [], []
        for text in ("abcdefghijklm", "nopqrstuvwxyz", "maxnova", "serumcon"):
            mask, columns, x = np.zeros((80, 1200), np.float32), [], 10
            for letter in text:
                width = self.width(letter)
                tall, deep = (letter in "bdfhkl") * 25, (letter in "gjpqy") * 15
                mask[30 - tall:60 + deep, x:x + width] = 1
                if joined and letter != text[-1]:
                    mask[55:58, x:x + width + 8] = 1
                columns.append(x + width / 2)
                x += width + 8
            cut = x - 4
            Person.rows.append({"writer": "1", "text": text})
            Person.masks.append(mask[:, :cut])
            Person.columns.append(columns)
        return Person

    @staticmethod
    def width(letter):
        return 6 + ord(letter) - ord("a")

    def texts(self, *texts):
        class Texts:
            def line(self, rng):
                return texts[rng.integers(len(texts))]
        return Texts()

    def test_words_never_written_stand_in_the_letters_of_the_writer(self):
        for joined in (False, True):
            writer = rewritten.Rewritten(self.person(joined), self.texts("haus", "vogel"))
            rng = np.random.default_rng(1)
            for _ in range(20):
                text, ink = writer.line(rng)
                self.assertIn(text, ("haus", "vogel"))
                top = (ink[:ink.shape[0] // 2] > 0.5).any(0)
                widths = np.diff(np.flatnonzero(np.diff(np.r_[0, top.astype(int), 0])))[::2]
                expected = [self.width(c) * rewritten.SMALL / 30 for c in text]
                self.assertEqual(len(widths), len(text), (text, widths))
                self.assertLess(np.abs(widths - expected).max(), 4, (text, widths, expected))

    def test_a_word_with_a_letter_the_writer_lacks_is_left_out(self):
        writer = rewritten.Rewritten(self.person(False), self.texts("haus über ja", "\u00e4\u00f6"))
        self.assertEqual({writer.line(np.random.default_rng(k))[0] for k in range(5)}, {"haus ja"})

    def test_digits_and_signs_are_drawn_where_the_writer_has_none(self):
        writer = rewritten.Rewritten(self.person(False), self.texts("5", "haus 7", "haus", "haus."))
        widths, tall = {}, {}
        for k in range(40):
            text, ink = writer.line(np.random.default_rng(k))
            widths.setdefault(text, []).append(ink.shape[1])
            tall.setdefault(text, []).append(ink.shape[0])
        self.assertEqual(set(widths), {"haus 7", "haus", "haus."})  # a sign alone is no line
        self.assertGreater(min(widths["haus 7"]), max(widths["haus"]))
        self.assertGreater(np.mean(widths["haus."]), np.mean(widths["haus"]))
        self.assertLess(max(tall["haus."]), 1.3 * max(tall["haus"]))  # the full stop stands at the foot

    def test_a_joined_line_is_parted_at_its_feet_alone(self):
        mask = np.zeros((80, 60), np.float32)
        mask[30:60, 5:20] = mask[30:60, 40:55] = mask[55:58, 20:40] = 1
        self.assertAlmostEqual(rewritten.bounds(mask, [12, 47])[1][1], 56)
        mask[30:33, 20:40] = 1  # two strokes: no place to part
        self.assertNotIn(1, rewritten.bounds(mask, [12, 47]))


class CorrectionTests(unittest.TestCase):
    def test_corrections_name_each_line_once_and_stay_in_the_alphabet(self):
        rows = list(csv.DictReader((HERE / "dhsd-val-corrections.tsv").open(encoding="utf8"), delimiter="\t"))
        self.assertEqual(len(rows), 161)
        self.assertEqual(len({r["file"] for r in rows}), len(rows))
        self.assertFalse([r for r in rows if not r["text"] or set(r["text"]) - set(ALPHABET)])


if __name__ == "__main__":
    unittest.main()
