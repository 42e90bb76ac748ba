# Not built by anybody yet: docker build -t fotoprotokoll . && docker run --rm --network none -v "$PWD/photos:/in:ro" -v "$PWD/out:/out" fotoprotokoll run /in --into /out
FROM swift:6.1-bookworm AS build
WORKDIR /source
COPY . .
RUN apt-get update && apt-get install -y make && make install PREFIX=/opt

FROM swift:6.1-bookworm-slim
COPY .ci/packages.txt /tmp/packages.txt
RUN apt-get update && xargs apt-get install -y --no-install-recommends < /tmp/packages.txt && rm -rf /var/lib/apt/lists/* /tmp/packages.txt
COPY --from=build /opt/lib/fotoprotokoll /opt/lib/fotoprotokoll
RUN ln -s /opt/lib/fotoprotokoll/fotoprotokoll /usr/local/bin/fotoprotokoll
ENTRYPOINT ["fotoprotokoll"]
