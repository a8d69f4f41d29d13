# One image for every service: the lock is installed in one stage, the source is added in the other.
FROM python:3.11-slim AS install
WORKDIR /app
COPY scripts/uv-version requirements.txt ./
RUN pip install --no-cache-dir "uv==$(cat uv-version)" \
 && python -m venv /venv \
 && UV_TORCH_BACKEND=cpu uv pip install --no-cache --compile-bytecode --python /venv/bin/python -r requirements.txt

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 aid && mkdir /data && chown aid /data
COPY --from=install /venv /venv
WORKDIR /app
COPY --chown=root:root . .
RUN python -m compileall -q bot ingest
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 \
    BORROWER_AID_DATA_DIR=/data BORROWER_AID_WEB_HOST=0.0.0.0
USER aid
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "serve"]
