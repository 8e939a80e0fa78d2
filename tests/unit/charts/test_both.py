"""One drawing in both colours: what is worked out of colours is worked out for each appearance."""

from dashboard.charts import both, theme, tiles, trend


def test_a_name_of_a_pair_is_no_colour_of_a_palette_and_gives_both():
    every = [colour for palette in both.PALETTES for value in vars(palette).values() for colour in ((value,) if isinstance(value, str) else value)]
    assert not [each for each in every if each.startswith(both._PREFIX)]
    text = f"{both.BOTH.ink} #123456 {both.BOTH.series[1]} rgba(0,0,0,0)"
    assert both.parted(text) == (f"{theme.LIGHT.ink} #123456 {theme.LIGHT.series[1]} rgba(0,0,0,0)",
                                 [theme.DARK.ink, "#123456", theme.DARK.series[1], "rgba(0,0,0,0)"])


def test_words_on_a_fill_read_in_either_appearance():
    for place, fill in enumerate(both.BOTH.sequential):
        light, (dark,) = both.parted(tiles.ink_on(fill, both.BOTH))
        for ink, palette in zip((light, dark), both.PALETTES, strict=True):
            assert ink == tiles.ink_on(palette.sequential[place], palette)
    light, (dark,) = both.parted(trend._faint(both.BOTH.chosen))
    assert [light, dark] == [trend._faint(each.chosen) for each in both.PALETTES]
    assert tiles.ink_on("#ffffff", theme.LIGHT) == theme.LIGHT.ink
