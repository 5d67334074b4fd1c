package hudson.search;

public interface SearchItem {
  String getSearchName();

  String getSearchUrl();

  default String getSearchIcon() {
    throw new UnsupportedOperationException();
  }

  SearchIndex getSearchIndex();
}
