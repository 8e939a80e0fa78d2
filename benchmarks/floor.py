"""The least a page of four charts can cost: static HTML that redraws them with `Plotly.react`, and the same in Dash."""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from serving import Server, free_port, serve

from dashboard.components.assets import PLOTLY

PAGE = """<!doctype html><meta charset="utf-8"><title>Four charts</title><script src="plotly.min.js"></script>
<label>Area <select></select></label><div id="charts"></div><script src="figures.js"></script><script>
const choose = document.querySelector("select"), charts = document.querySelector("#charts")
for (const area of Object.keys(figures)) choose.append(new Option(area))
const nodes = figures[choose.value].map(() => charts.appendChild(document.createElement("div")))
const draw = () => figures[choose.value].forEach((each, place) =>
  Plotly.react(nodes[place], each.data, each.layout, { displayModeBar: false, responsive: true }))
choose.addEventListener("change", draw)
draw()
</script>"""
DASH = '''"""Finished figures in Dash: python dash_page.py PORT FIGURES. Needs `pip install dash`."""

import json
import sys
from pathlib import Path

from dash import Dash, Input, Output, dcc, html

figures = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
areas = list(figures)
app = Dash(__name__)
app.layout = html.Div([dcc.RadioItems(areas, areas[0], id="area"), *(
    dcc.Graph(id=f"chart{place}", config={"displayModeBar": False, "responsive": True}) for place in range(len(figures[areas[0]])))])


@app.callback([Output(f"chart{place}", "figure") for place in range(len(figures[areas[0]]))], Input("area", "value"))
def draw(area):
    return figures[area]


app.run(host="localhost", port=sys.argv[1], debug=False)
'''


@contextmanager
def static(folder: Path, figures: Mapping[str, Sequence[dict]]) -> Iterator[Server]:
    """The static page of these figures (area to charts), served from the folder."""
    shutil.copy(PLOTLY.path, folder / "plotly.min.js")
    (folder / "figures.js").write_text(f"const figures = {json.dumps(figures)}", encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    port = free_port()
    with serve([sys.executable, "-m", "http.server", str(port), "--directory", str(folder)], port) as server:
        yield server


@contextmanager
def dash(python: str, folder: Path, figures: Mapping[str, Sequence[dict]]) -> Iterator[Server]:
    """The same figures in Dash, run by a Python that has it."""
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    (folder / "dash_page.py").write_text(DASH, encoding="utf-8")
    port = free_port()
    with serve([python, str(folder / "dash_page.py"), str(port), str(folder / "figures.json")], port) as server:
        yield server
