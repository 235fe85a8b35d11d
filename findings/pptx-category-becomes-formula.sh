#!/bin/sh
# python-pptx 1.0.2: the name of a category that begins with “=” becomes a live formula of the workbook in the slides.
#
# Expected: a name is text; in the data of the chart it is the characters that were given.
# Seen: the sheet that “Edit data” opens holds <f>1+1</f>, so that a text from outside can run as a formula there.
# Hence such names get an apostrophe before they are given to it. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-pptx==1.0.2' 'XlsxWriter==3.3.0'
"$folder/venv/bin/python" - <<'PYTHON'
import io
import re
import zipfile
from importlib.metadata import version

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

data = CategoryChartData()
data.categories = ["=1+1", "plain"]
data.add_series("Series", (1, 2))
slides = Presentation()
slide = slides.slides.add_slide(slides.slide_layouts[6])
chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Cm(1), Cm(1), Cm(9), Cm(9), data).chart
with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as workbook:
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
formulas = re.findall(r"<f>(.*?)</f>", sheet)
print(f"python-pptx {version('python-pptx')}: the category “=1+1” is the formula {formulas}")
assert formulas == ["1+1"], "changed"
PYTHON
