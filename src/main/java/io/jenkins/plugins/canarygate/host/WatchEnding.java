package io.jenkins.plugins.canarygate.host;

import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Ends watches over OkHttp at once. By itself fabric8's client closes a stream by reading on, on
 * another thread than the one that is reading it already: where events come at that moment, both
 * break, an exception goes to the log, and the connection stays open.
 */
public final class WatchEnding implements Interceptor {
  private WatchEnding() {}

  /** Sees to it that the client ends watches at once; a second time does nothing. */
  public static void install(OkHttpClient.Builder client) {
    if (client.interceptors().stream().noneMatch(WatchEnding.class::isInstance)) {
      client.addInterceptor(new WatchEnding());
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (!"true".equals(chain.request().url().queryParameter("watch"))) {
      return response;
    }
    ResponseBody body = response.body();
    Source source = new OneAtATime(body.source(), chain.call());
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(source), body.contentType(), body.contentLength()))
        .build();
  }

  /** Breaks the connection before it is closed, and closes it once nobody reads. */
  private static final class OneAtATime extends ForwardingSource {
    private final Call call;
    private final Lock reading = new ReentrantLock();
    private volatile boolean exhausted;

    OneAtATime(Source source, Call call) {
      super(source);
      this.call = call;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      reading.lock();
      try {
        long count = super.read(sink, byteCount);
        exhausted = count < 0;
        return count;
      } finally {
        reading.unlock();
      }
    }

    @Override
    public void close() throws IOException {
      if (!exhausted) {
        call.cancel();
      }
      reading.lock();
      try {
        super.close();
      } finally {
        reading.unlock();
      }
    }
  }
}
