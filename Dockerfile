# docker build -t kgrec . && docker run -p 8501:8501 -v kgrec:/data kgrec
FROM python:3.11-slim

# More arguments of pip, such as an index with builds of torch for CPUs alone, which make a much smaller image.
ARG PIP_ARGUMENTS=""

WORKDIR /app
COPY requirements.txt requirements-library.txt requirements-app.txt ./
RUN pip install --no-cache-dir $PIP_ARGUMENTS -r requirements.txt
COPY . .
# Brings the command `kgrec`; the sources stay where they are.
RUN pip install --no-cache-dir --no-deps --editable . \
    && useradd --create-home --uid 1000 kgrec \
    && install --directory --owner=kgrec /data

USER 1000
ENV KGREC_HOME=/data PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8501
# A first start prepares the films before it serves.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15m \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["sh", "-c", "test -f /data/bundles/movies/run_card.json || kgrec prepare movies; exec streamlit run app.py --server.headless=true --server.address=0.0.0.0"]
